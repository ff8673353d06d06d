package dev.vethlab.engine.command.link;

import dev.vethlab.engine.command.core.Applet;
import dev.vethlab.engine.command.net.busybox.Busybox;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of this package by name. */
public final class LinkPrograms {
    private LinkPrograms() {}

    public static Map<String, Executable> all() {
        var programs = new LinkedHashMap<String, Executable>();
        programs.put("arp", new Arp());
        programs.put("ethtool", new Ethtool());
        programs.put("ifconfig", new Ifconfig());
        programs.put("lsns", (Program) Lsns::main);
        programs.put("mount", (Program) MountCommand::mount);
        programs.put("umount", (Program) MountCommand::unmount);
        programs.put("nsenter", new Nsenter());
        programs.put("route", new NetToolsRoute());
        programs.put("tc", (Program) Tc::main);
        programs.put("unshare", new Unshare());
        programs.put(Busybox.PREFIX + "arp", new BusyboxArp());
        programs.put(Busybox.PREFIX + "ifconfig", new BusyboxIfconfig());
        programs.put(Busybox.PREFIX + "route", new Applet(NetToolsRoute::applet));
        return programs;
    }
}
