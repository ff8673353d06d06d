package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.Chain;
import dev.vethlab.engine.kernel.netfilter.Table;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.shell.Completer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Completes {@code iptables}: options, tables, chains, targets, matches and devices. */
public final class IptablesCompletion implements Completer {
    private static final List<String> MATCHES = List.of("addrtype", "comment", "connmark", "conntrack", "hashlimit", "icmp", "iprange",
            "length", "limit", "mac", "mark", "multiport", "owner", "physdev", "pkttype", "state", "statistic", "tcp", "ttl", "udp");
    private static final List<String> TARGETS = List.of("ACCEPT", "CONNMARK", "CT", "DNAT", "DROP", "LOG", "MARK", "MASQUERADE", "NETMAP",
            "NOTRACK", "REDIRECT", "REJECT", "RETURN", "SNAT", "TCPMSS", "TTL");

    @Override
    public List<String> candidates(EmulatedProcess shell, List<String> before, String word) {
        if (word.startsWith("--")) {
            return Getopt.longOptions().stream().map(name -> "--" + name).toList();
        }
        return switch (before.getLast()) {
            case "-t", "--table" -> Stream.of(TableName.values()).map(TableName::text).toList();
            case "-A", "-C", "-D", "-I", "-R", "-F", "-L", "-S", "-Z", "-X", "-E", "-P", "-g", "-vL", "-nL", "-vnL", "-nvL" ->
                chains(shell, before);
            case "-j", "--jump" -> Stream.concat(TARGETS.stream(), chains(shell, before).stream()).toList();
            case "-m", "--match" -> MATCHES;
            case "-p", "--protocol" -> List.of("all", "icmp", "tcp", "udp");
            case "-i", "-o", "--in-interface", "--out-interface" ->
                shell.network().devices().all().stream().map(NetDevice::name).toList();
            default -> List.of();
        };
    }

    private static List<String> chains(EmulatedProcess shell, List<String> before) {
        int option = before.indexOf("-t");
        TableName name = option < 0 || option + 1 >= before.size() ? TableName.FILTER : TableName.named(before.get(option + 1));
        if (name == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>(name.hooks().stream().map(Enum::name).toList());
        Table table = shell.network().netfilter().existing(name);
        if (table != null) {
            table.chains().stream().map(Chain::name).forEach(names::add);
        }
        return names;
    }
}
