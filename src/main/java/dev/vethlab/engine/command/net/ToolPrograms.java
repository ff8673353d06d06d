package dev.vethlab.engine.command.net;

import dev.vethlab.engine.command.core.Applet;
import dev.vethlab.engine.command.net.arping.Arping;
import dev.vethlab.engine.command.net.busybox.Busybox;
import dev.vethlab.engine.command.net.iperf.Iperf;
import dev.vethlab.engine.command.net.nc.BusyboxNc;
import dev.vethlab.engine.command.net.netstat.Netstat;
import dev.vethlab.engine.command.net.socat.Socat;
import dev.vethlab.engine.command.net.ss.Ss;
import dev.vethlab.engine.command.net.tcpdump.Tcpdump;
import dev.vethlab.engine.command.net.traceroute.Traceroute;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs that look into the network rather than use it: {@code tcpdump}, {@code ss}, {@code traceroute} … */
public final class ToolPrograms {
    private ToolPrograms() {}

    public static Map<String, Executable> all() {
        var programs = new LinkedHashMap<String, Executable>();
        programs.put("tcpdump", (Program) Tcpdump::main);
        programs.put("ss", (Program) Ss::main);
        programs.put("traceroute", (Program) Traceroute::main);
        programs.put(Busybox.PREFIX + "traceroute", (Program) Traceroute::applet);
        programs.put(Busybox.PREFIX + "nc", (Program) BusyboxNc::nc);
        programs.put(Busybox.PREFIX + "telnet", (Program) BusyboxNc::telnet);
        programs.put(Busybox.PREFIX + "arping", new Applet(Arping::main));
        programs.put("arping", (Program) Arping::main);
        programs.put("netstat", (Program) Netstat::main);
        programs.put("nstat", (Program) Nstat::main);
        programs.put("socat", (Program) Socat::main);
        programs.put("iperf3", (Program) Iperf::main);
        return programs;
    }
}
