package dev.vethlab.engine.differential;

import dev.vethlab.engine.differential.Topology.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random rules for one namespace, every one of them a rule that iptables accepts. */
final class RuleSet {
    static final List<Integer> PORTS = List.of(80, 81, 8080);
    private static final List<String> TABLES = List.of("raw", "mangle", "nat", "nat", "filter", "filter", "filter");
    private static final List<String> STATES = List.of(
            "NEW", "ESTABLISHED", "RELATED", "INVALID", "ESTABLISHED,RELATED", "UNTRACKED", "DNAT", "SNAT");
    private static final List<String> REJECTIONS = List.of(
            "icmp-port-unreachable", "icmp-host-unreachable", "icmp-net-unreachable", "icmp-admin-prohibited", "icmp-proto-unreachable");
    private static final String USER_CHAIN = "WORK";

    private final Random random;
    private final Topology topology;
    private final int namespace;
    private String protocol = "";

    RuleSet(Random random, Topology topology, int namespace) {
        this.random = random;
        this.topology = topology;
        this.namespace = namespace;
    }

    /** One command that makes all of them: a process each would take most of the time. */
    String command() {
        int count = random.nextInt(12);
        boolean userChain = count > 3 && random.nextBoolean();
        var tables = new TreeMap<String, List<String>>();
        if (userChain) {
            add(tables, "filter", ":" + USER_CHAIN + " - [0:0]");
            for (int i = random.nextInt(4); i > 0; i--) {
                add(tables, "filter", "-A " + USER_CHAIN + matches("filter", USER_CHAIN) + filterTarget(false));
            }
        }
        for (int i = 0; i < count; i++) {
            String table = oneOf(TABLES);
            String chain = oneOf(chains(table));
            String matches = matches(table, chain);
            add(tables, table, "-A " + chain + matches + target(table, chain, userChain));
        }
        if (random.nextInt(10) == 0) {
            add(tables, "filter", "-P FORWARD DROP");
        }
        var input = new StringBuilder();
        tables.forEach((table, lines) -> input.append('*').append(table).append("\\n").append(String.join("\\n", lines)).append("\\nCOMMIT\\n"));
        return "printf '" + input + "' | ip netns exec n" + namespace + " iptables-restore --noflush";
    }

    private static void add(Map<String, List<String>> tables, String table, String line) {
        tables.computeIfAbsent(table, name -> new ArrayList<>()).add(line);
    }

    private static List<String> chains(String table) {
        return switch (table) {
            case "raw" -> List.of("PREROUTING", "OUTPUT");
            case "mangle" -> List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");
            case "nat" -> List.of("PREROUTING", "OUTPUT", "POSTROUTING");
            default -> List.of("INPUT", "FORWARD", "OUTPUT");
        };
    }

    private String matches(String table, String chain) {
        var matches = new StringBuilder();
        if (random.nextInt(4) == 0) {
            matches.append(not()).append(" -s ").append(network());
        }
        if (random.nextInt(3) == 0) {
            matches.append(not()).append(" -d ").append(network());
        }
        boolean in = List.of("PREROUTING", "INPUT", "FORWARD").contains(chain);
        boolean out = List.of("POSTROUTING", "OUTPUT", "FORWARD").contains(chain);
        if (in && random.nextInt(4) == 0) {
            matches.append(not()).append(" -i ").append(oneOf(topology.of(namespace)).device());
        }
        if (out && random.nextInt(4) == 0) {
            matches.append(not()).append(" -o ").append(oneOf(topology.of(namespace)).device());
        }
        protocol = oneOf(List.of("", "", "icmp", "tcp", "tcp", "udp"));
        if (!protocol.isEmpty()) {
            matches.append(" -p ").append(protocol);
        }
        if (protocol.equals("icmp") && random.nextBoolean()) {
            matches.append(" --icmp-type ").append(oneOf(List.of("echo-request", "echo-reply", "destination-unreachable")));
        }
        if (isPorted() && random.nextBoolean()) {
            matches.append(random.nextInt(4) == 0 ? " --sport " : " --dport ").append(oneOf(PORTS));
        }
        if (!table.equals("raw") && random.nextInt(4) == 0) {
            matches.append(" -m conntrack --ctstate ").append(oneOf(STATES));
        }
        if (random.nextInt(8) == 0) {
            matches.append(" -m mark").append(not()).append(" --mark ").append(1 + random.nextInt(2));
        }
        if (random.nextInt(4) == 0) {
            matches.append(rarer(table));
        }
        return matches.toString();
    }

    /** Conditions of less usual kinds, whose answer depends on the packets alone. */
    private String rarer(String table) {
        return switch (random.nextInt(9)) {
            case 0 -> " -m length --length " + oneOf(List.of("0:60", "84", "61:1000", "1001:65535"));
            case 1 -> " -m ttl --ttl-lt " + oneOf(List.of("2", "64", "63"));
            case 2 -> " -m addrtype" + not() + " --dst-type " + oneOf(List.of("LOCAL", "UNICAST"));
            case 3 -> " -m addrtype --src-type " + oneOf(List.of("LOCAL", "UNICAST"));
            case 4 -> " -m limit --limit 1/hour --limit-burst " + (1 + random.nextInt(3));
            case 5 -> " -m statistic --mode nth --every 2 --packet " + random.nextInt(2);
            case 6 -> table.equals("raw") ? "" : " -m connmark" + not() + " --mark " + random.nextInt(2);
            case 7 -> isPorted() ? " -m multiport" + not() + " --dports 80,8080:8090" : " -m comment --comment any";
            default -> table.equals("raw") ? "" : " -m conntrack --ctdir " + oneOf(List.of("ORIGINAL", "REPLY"));
        };
    }

    private String target(String table, String chain, boolean userChain) {
        return switch (table) {
            case "raw" -> " -j " + oneOf(List.of("CT --notrack", "ACCEPT", "RETURN", "DROP"));
            case "mangle" -> " -j " + oneOf(List.of("MARK --set-mark 1", "MARK --set-mark 2", "MARK --set-xmark 0x3/0x1", "ACCEPT",
                    "DROP", "CONNMARK --set-mark 1", "CONNMARK --save-mark", "CONNMARK --restore-mark", "TTL --ttl-set 64",
                    "TTL --ttl-inc 1", "RETURN"));
            case "nat" -> chain.equals("POSTROUTING") ? sourceTarget() : destinationTarget();
            default -> filterTarget(userChain);
        };
    }

    private String filterTarget(boolean userChain) {
        int choice = random.nextInt(userChain ? 9 : 6);
        return switch (choice) {
            case 0, 1 -> " -j ACCEPT";
            case 2 -> " -j DROP";
            case 3 -> " -j RETURN";
            case 4, 5 -> protocol.equals("tcp") && random.nextBoolean()
                    ? " -j REJECT --reject-with tcp-reset"
                    : " -j REJECT --reject-with " + oneOf(REJECTIONS);
            case 6 -> " -g " + USER_CHAIN;
            default -> " -j " + USER_CHAIN;
        };
    }

    private String sourceTarget() {
        return switch (random.nextInt(6)) {
            case 0 -> " -j ACCEPT";
            case 1 -> " -j NETMAP --to " + oneOf(topology.segments).subnet();
            case 2 -> isPorted() ? " -j MASQUERADE --to-ports 5000-5999" : " -j MASQUERADE";
            case 3 -> " -j SNAT --to-source " + oneOf(topology.of(namespace)).address(namespace);
            default -> " -j MASQUERADE";
        };
    }

    private String destinationTarget() {
        String port = isPorted() && random.nextBoolean() ? ":" + oneOf(PORTS) : "";
        return switch (random.nextInt(5)) {
            case 0 -> " -j ACCEPT";
            case 1 -> isPorted() ? " -j REDIRECT --to-ports " + oneOf(PORTS) : " -j REDIRECT";
            default -> " -j DNAT --to-destination " + address() + port;
        };
    }

    private boolean isPorted() {
        return protocol.equals("tcp") || protocol.equals("udp");
    }

    private String address() {
        Segment segment = oneOf(topology.segments);
        return segment.address(segment.first() + random.nextInt(segment.last() - segment.first() + 1));
    }

    private String network() {
        return random.nextBoolean() ? address() : oneOf(topology.segments).subnet();
    }

    private String not() {
        return random.nextInt(4) == 0 ? " !" : "";
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
