package dev.vethlab.engine.command.core;

import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.shell.ShellProgram;
import dev.vethlab.engine.shell.ShellState;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of this package and those below it, by the name that they are called by. */
public final class CorePrograms {
    private CorePrograms() {}

    public static Map<String, Executable> all() {
        var programs = new LinkedHashMap<String, Executable>();
        programs.put("bash", new ShellProgram(ShellState.Dialect.BASH));
        programs.put("sh", new ShellProgram(ShellState.Dialect.DASH));
        add(programs, "sysctl", Sysctl::main);
        return programs;
    }

    private static void add(Map<String, Executable> programs, String name, Program program) {
        programs.put(name, program);
    }
}
