package dev.vethlab.engine.command.archive;

import dev.vethlab.engine.command.core.Applet;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of this package by name. */
public final class ArchivePrograms {
    private ArchivePrograms() {}

    public static Map<String, Executable> all() {
        var programs = new LinkedHashMap<String, Executable>();
        programs.put("tar", (Program) Tar::main);
        programs.put("busybox:tar", new Applet(Tar::main));
        return programs;
    }
}
