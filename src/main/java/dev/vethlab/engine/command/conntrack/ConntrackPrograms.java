package dev.vethlab.engine.command.conntrack;

import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of this package by name. */
public final class ConntrackPrograms {
    private ConntrackPrograms() {}

    public static Map<String, Executable> all() {
        var all = new LinkedHashMap<String, Executable>();
        Program conntrack = ConntrackTool::main;
        all.put("conntrack", conntrack);
        return all;
    }
}
