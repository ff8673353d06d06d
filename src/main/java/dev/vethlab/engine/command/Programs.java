package dev.vethlab.engine.command;

import dev.vethlab.engine.command.archive.ArchivePrograms;
import dev.vethlab.engine.command.bridge.BridgePrograms;
import dev.vethlab.engine.command.conntrack.ConntrackPrograms;
import dev.vethlab.engine.command.core.BusyboxPrograms;
import dev.vethlab.engine.command.core.CorePrograms;
import dev.vethlab.engine.command.ip.IpPrograms;
import dev.vethlab.engine.command.ipset.IpsetPrograms;
import dev.vethlab.engine.command.iptables.IptablesPrograms;
import dev.vethlab.engine.command.kernellog.Dmesg;
import dev.vethlab.engine.command.link.LinkPrograms;
import dev.vethlab.engine.command.net.NetPrograms;
import dev.vethlab.engine.command.net.ToolPrograms;
import dev.vethlab.engine.command.net.busybox.Busybox;
import dev.vethlab.engine.command.server.ServerPrograms;
import dev.vethlab.engine.command.why.Why;
import dev.vethlab.engine.process.Executable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** All programs by name. They hold no state, so that all sessions share them. */
public final class Programs {
    private static final Map<String, Executable> ALL = collect();

    private Programs() {}

    /** Name → program; those that need an engine at hand ({@code docker}) come with their machine. */
    public static Map<String, Executable> all() {
        return ALL;
    }

    private static Map<String, Executable> collect() {
        var programs = new LinkedHashMap<String, Executable>();
        programs.putAll(CorePrograms.all());
        programs.putAll(ArchivePrograms.all());
        programs.putAll(BridgePrograms.all());
        programs.putAll(IpPrograms.all());
        programs.putAll(ConntrackPrograms.all());
        programs.putAll(Dmesg.all());
        programs.putAll(IpsetPrograms.all());
        programs.putAll(IptablesPrograms.all());
        programs.putAll(LinkPrograms.all());
        programs.putAll(NetPrograms.all());
        programs.putAll(Busybox.all());
        BusyboxPrograms.all().forEach((name, program) -> programs.putIfAbsent("busybox:" + name, program));
        programs.putAll(ToolPrograms.all());
        programs.putAll(ServerPrograms.all());
        programs.putAll(Why.all());
        programs.putAll(NotEmulated.all());
        return Collections.unmodifiableMap(programs);
    }
}
