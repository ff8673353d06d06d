package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.process.Executable;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of this package by name. */
public final class IpPrograms {
    private IpPrograms() {}

    public static Map<String, Executable> all() {
        var programs = new LinkedHashMap<String, Executable>();
        programs.put("ip", new IpProgram());
        return programs;
    }
}
