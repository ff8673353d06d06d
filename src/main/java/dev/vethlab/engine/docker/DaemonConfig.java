package dev.vethlab.engine.docker;

import dev.vethlab.engine.docker.api.Subnet;
import dev.vethlab.engine.docker.network.Ipam;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the engine was started: the flags of {@code dockerd} that concern networking.
 *
 * @param flags as they were written, for {@code ps}
 * @param bip the default bridge's own address and subnet; null for the first free pool
 * @param fixedCidr the part of the default bridge's subnet that containers get addresses from; empty for all
 * @param ip where ports are published unless said otherwise; 0 for all addresses
 * @param dns name servers for containers that were given none
 */
public record DaemonConfig(
        List<String> flags,
        boolean iptables,
        boolean userlandProxy,
        boolean icc,
        boolean ipForward,
        boolean ipForwardNoDrop,
        boolean ipMasq,
        boolean allowDirectRouting,
        String bridge,
        @Nullable Subnet bip,
        String fixedCidr,
        int ip,
        int mtu,
        List<String> dns,
        List<String> dnsOptions,
        List<String> dnsSearch,
        List<Ipam.DefaultPool> addressPools) {
    private static final int DEFAULT_MTU = 1500;
    private static final List<String> SWITCHES = List.of("iptables", "ip6tables", "userland-proxy", "icc", "ip-forward",
            "ip-forward-no-drop", "ip-masq", "allow-direct-routing", "ipv6", "debug", "live-restore");
    private static final List<String> VALUES = List.of("bip", "bridge", "fixed-cidr", "ip", "mtu", "dns", "dns-opt", "dns-search",
            "default-address-pool", "userland-proxy-path", "log-level", "pidfile");

    public static DaemonConfig defaults() {
        return parse("");
    }

    /**
     * Parses flags as they are written behind {@code dockerd}.
     *
     * @throws IllegalArgumentException with a message that names the flag that is unknown, not emulated or has a value that is none
     */
    public static DaemonConfig parse(String text) {
        var flags = new ArrayList<String>();
        var single = new TreeMap<String, String>();
        var many = new TreeMap<String, List<String>>();
        String[] words = text.strip().isEmpty() ? new String[0] : text.strip().split("\\s+");
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (!word.startsWith("--")) {
                throw new IllegalArgumentException("not a flag: " + word);
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
            if (!SWITCHES.contains(name) && !VALUES.contains(name)) {
                throw new IllegalArgumentException("unknown flag: --" + name);
            }
            String value;
            if (equals >= 0) {
                value = word.substring(equals + 1);
            } else if (SWITCHES.contains(name)) {
                value = "true";
            } else if (++i < words.length) {
                value = words[i];
            } else {
                throw new IllegalArgumentException("flag needs an argument: --" + name);
            }
            flags.add("--" + name + "=" + value);
            single.put(name, value);
            many.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        }
        return of(flags, single, many);
    }

    private static DaemonConfig of(List<String> flags, Map<String, String> single, Map<String, List<String>> many) {
        if (flag(single, "ip6tables", false) || flag(single, "ipv6", false)) {
            throw new IllegalArgumentException("IPv6 is not emulated: --ip6tables and --ipv6 must be false");
        }
        Subnet bip = single.containsKey("bip") ? subnet(single, "bip") : null;
        if (single.containsKey("fixed-cidr")) {
            subnet(single, "fixed-cidr");
        }
        String bridge = single.getOrDefault("bridge", "docker0");
        if (!bridge.equals("docker0")) {
            throw new IllegalArgumentException("--bridge=" + bridge + " is not emulated");
        }
        int ip = Ipv4.parse(single.getOrDefault("ip", "0.0.0.0"))
                .orElseThrow(() -> new IllegalArgumentException("invalid argument for --ip: " + single.get("ip")));
        return new DaemonConfig(
                List.copyOf(flags),
                flag(single, "iptables", true),
                flag(single, "userland-proxy", true),
                flag(single, "icc", true),
                flag(single, "ip-forward", true),
                flag(single, "ip-forward-no-drop", false),
                flag(single, "ip-masq", true),
                flag(single, "allow-direct-routing", false),
                bridge,
                bip,
                single.getOrDefault("fixed-cidr", ""),
                ip,
                mtu(single),
                List.copyOf(many.getOrDefault("dns", List.of())),
                List.copyOf(many.getOrDefault("dns-opt", List.of())),
                List.copyOf(many.getOrDefault("dns-search", List.of())),
                pools(many.getOrDefault("default-address-pool", List.of())));
    }

    private static boolean flag(Map<String, String> flags, String name, boolean otherwise) {
        String value = flags.getOrDefault(name, Boolean.toString(otherwise));
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("invalid argument \"" + value + "\" for \"--" + name + "\" flag");
        };
    }

    private static Subnet subnet(Map<String, String> flags, String name) {
        return Subnet.parse(flags.getOrDefault(name, "")).orElseThrow(
                () -> new IllegalArgumentException("invalid CIDR address for --" + name + ": " + flags.get(name)));
    }

    private static int mtu(Map<String, String> flags) {
        String text = flags.getOrDefault("mtu", Integer.toString(DEFAULT_MTU));
        if (!text.matches("\\d{2,5}")) {
            throw new IllegalArgumentException("invalid argument for --mtu: " + text);
        }
        return Integer.parseInt(text);
    }

    /** {@code base=10.0.0.0/8,size=24}, each. */
    private static List<Ipam.DefaultPool> pools(List<String> texts) {
        var pools = new ArrayList<Ipam.DefaultPool>();
        for (String text : texts) {
            Subnet base = null;
            int size = 0;
            for (String part : text.split(",")) {
                if (part.startsWith("base=")) {
                    base = Subnet.parse(part.substring(5)).orElse(null);
                } else if (part.matches("size=\\d{1,2}")) {
                    size = Integer.parseInt(part.substring(5));
                }
            }
            if (base == null || size < base.length() || size > 30) {
                throw new IllegalArgumentException("invalid argument for --default-address-pool: " + text);
            }
            pools.add(new Ipam.DefaultPool(base.masked(), size));
        }
        return pools.isEmpty() ? Ipam.standardPools() : List.copyOf(pools);
    }
}
