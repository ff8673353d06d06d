package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of this package by name. */
public final class IptablesPrograms {
    private IptablesPrograms() {}

    public static Map<String, Executable> all() {
        var all = new LinkedHashMap<String, Executable>();
        Program iptables = Iptables::main;
        Program save = IptablesSave::main;
        Program restore = IptablesRestore::main;
        all.put("iptables", iptables);
        all.put("iptables-nft", iptables);
        all.put("iptables-save", save);
        all.put("iptables-nft-save", save);
        all.put("iptables-restore", restore);
        all.put("iptables-nft-restore", restore);
        Program monitor = XtablesMonitor::main;
        all.put("xtables-monitor", monitor);
        Program nft = Nft::main;
        all.put("nft", nft);
        return all;
    }
}
