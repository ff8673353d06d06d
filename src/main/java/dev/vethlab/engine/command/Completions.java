package dev.vethlab.engine.command;

import dev.vethlab.engine.command.docker.DockerCompletion;
import dev.vethlab.engine.command.ip.IpCompletion;
import dev.vethlab.engine.command.iptables.IptablesCompletion;
import dev.vethlab.engine.docker.Engine;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.HostsFile;
import dev.vethlab.engine.shell.Completer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of programs' command lines; their files, variables and names are the shell's to complete. */
public final class Completions implements Completer {
    private static final Completer IP = new IpCompletion();
    private static final Completer IPTABLES = new IptablesCompletion();

    private final @Nullable Engine engine;
    private final Completer docker;

    /** @param engine the one that {@code docker} talks to on its own machine; null if there is none */
    public Completions(@Nullable Engine engine) {
        this.engine = engine;
        docker = engine == null ? Completer.NONE : new DockerCompletion(engine);
    }

    @Override
    public List<String> candidates(EmulatedProcess shell, List<String> before, String word) {
        return switch (before.getFirst()) {
            case "docker" -> engine != null && shell.network().machine() == engine.machine() ? docker.candidates(shell, before, word)
                    : List.of();
            case "ip" -> IP.candidates(shell, before, word);
            case "iptables" -> IPTABLES.candidates(shell, before, word);
            case "tcpdump" -> before.getLast().equals("-i") ? Stream.concat(Stream.of("any"), devices(shell)).toList() : List.of();
            case "ping", "curl", "wget", "nc", "traceroute", "dig", "nslookup", "arping" -> hosts(shell);
            default -> List.of();
        };
    }

    private static Stream<String> devices(EmulatedProcess shell) {
        return shell.network().devices().all().stream().map(NetDevice::name);
    }

    /** The names and addresses in {@code /etc/hosts}. */
    private static List<String> hosts(EmulatedProcess shell) {
        return HostsFile.read(shell).entries().stream()
                .flatMap(entry -> Stream.concat(Stream.of(Ipv4.text(entry.address())), entry.names().stream())).distinct().toList();
    }
}
