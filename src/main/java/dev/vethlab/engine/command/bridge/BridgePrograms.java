package dev.vethlab.engine.command.bridge;

import dev.vethlab.engine.process.Executable;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of this package by name. */
public final class BridgePrograms {
    private BridgePrograms() {}

    public static Map<String, Executable> all() {
        var programs = new LinkedHashMap<String, Executable>();
        programs.put("bridge", new BridgeProgram());
        programs.put("brctl", new Brctl());
        return programs;
    }
}
