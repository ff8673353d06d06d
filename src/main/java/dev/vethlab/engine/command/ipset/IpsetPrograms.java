package dev.vethlab.engine.command.ipset;

import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of this package by name. */
public final class IpsetPrograms {
    private IpsetPrograms() {}

    public static Map<String, Executable> all() {
        var all = new LinkedHashMap<String, Executable>();
        Program ipset = self -> new Ipset(self).run();
        all.put("ipset", ipset);
        return all;
    }
}
