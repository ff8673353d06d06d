package dev.vethlab.engine.docker;

import dev.vethlab.engine.docker.api.Subnet;
import dev.vethlab.engine.docker.network.Ipam;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the engine was started: the flags of {@code dockerd} and its configuration file, as far as they concern networking.
 *
 * @param flags as they were written, for {@code ps}
 * @param withoutBridge whether there is no default bridge
 * @param bip the default bridge's own address and subnet; null for the first free pool
 * @param fixedCidr the part of the default bridge's subnet that containers get addresses from; empty for all
 * @param ip where ports are published unless said otherwise; 0 for all addresses
 * @param dns name servers for containers that were given none
 * @param networkOptions options of bridge networks that were not given others
 * @param labels of the engine, for {@code docker info}
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
        boolean withoutBridge,
        @Nullable Subnet bip,
        String fixedCidr,
        int ip,
        int mtu,
        List<String> dns,
        List<String> dnsOptions,
        List<String> dnsSearch,
        List<Ipam.DefaultPool> addressPools,
        Map<String, String> networkOptions,
        List<String> labels) {
    private static final int DEFAULT_MTU = 1500;

    /** An option that the real engine has, with a value that does something there that is not emulated. */
    public static final class NotEmulated extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        NotEmulated(String what) {
            super(what + " is not emulated");
        }
    }


    public static DaemonConfig defaults() {
        return parse("");
    }

    /**
     * Parses flags as they are written behind {@code dockerd}.
     *
     * @throws IllegalArgumentException with a message that names the flag that is unknown, not emulated or has a value that is none
     */
    public static DaemonConfig parse(String text) {
        return of(flags(text), "");
    }

    /** The flags as they were written, by name, those of several values with each of them. */
    private static Map<String, List<String>> flags(String text) {
        var options = new LinkedHashMap<String, List<String>>();
        String[] words = text.strip().isEmpty() ? new String[0] : text.strip().split("\\s+");
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (!word.startsWith("--")) {
                throw new IllegalArgumentException("not a flag: " + word);
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
            DaemonOption option = DaemonOption.ALL.stream().filter(o -> o.flag().equals(name)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown flag: --" + name));
            String value;
            if (equals >= 0) {
                value = word.substring(equals + 1);
            } else if (option.type() == DaemonOption.Type.SWITCH) {
                value = "true";
            } else if (++i < words.length) {
                value = words[i];
            } else {
                throw new IllegalArgumentException("flag needs an argument: --" + name);
            }
            options.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        }
        return options;
    }

    /**
     * The same flags with what a configuration file says besides.
     *
     * @param file the file's text; empty if there is none
     * @throws IllegalArgumentException with the engine's words for what is wrong
     */
    public DaemonConfig with(String file) {
        return of(flags(String.join(" ", flags)), file);
    }

    /**
     * Looks at flags and file as {@code dockerd --validate} does: values that only starting would try are not tried.
     *
     * @throws IllegalArgumentException with the engine's words for what is wrong
     */
    public static void validate(String flags, String file) {
        ConfigFile.options(file, flags(flags));
    }

    private static DaemonConfig of(Map<String, List<String>> given, String file) {
        var flags = new ArrayList<String>();
        given.forEach((name, values) -> values.forEach(value -> flags.add("--" + name + "=" + value)));
        Map<String, List<String>> many = new TreeMap<>(given);
        many.putAll(ConfigFile.options(file, given));
        Map<String, String> single = new TreeMap<>();
        many.forEach((name, values) -> single.put(name, values.isEmpty() ? "" : values.getLast()));
        refuse(many);
        Subnet bip = single.getOrDefault("bip", "").isEmpty() ? null : subnet(single, "bip");
        if (!single.getOrDefault("fixed-cidr", "").isEmpty()) {
            subnet(single, "fixed-cidr");
        }
        String bridge = single.getOrDefault("bridge", "");
        if (!List.of("", "docker0", "none").contains(bridge)) {
            throw new NotEmulated("bridge " + bridge);
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
                bridge.equals("none"),
                bip,
                single.getOrDefault("fixed-cidr", ""),
                ip,
                mtu(single),
                List.copyOf(many.getOrDefault("dns", List.of())),
                List.copyOf(many.getOrDefault("dns-opt", List.of())),
                List.copyOf(many.getOrDefault("dns-search", List.of())),
                pools(many.getOrDefault("default-address-pool", List.of())),
                networkOptions(many.getOrDefault("default-network-opt", List.of())),
                List.copyOf(many.getOrDefault("label", List.of())));
    }

    /** What is not emulated may be given only as the engine has it anyway. */
    private static void refuse(Map<String, List<String>> options) {
        for (DaemonOption option : DaemonOption.ALL) {
            List<String> values = options.getOrDefault(option.flag(), List.of());
            boolean harmless = values.stream().allMatch(v -> v.isEmpty() || v.equals("false") || v.equals("0") || v.startsWith("unix://")
                    || v.startsWith("fd://"));
            if (option.support() == DaemonOption.Support.NO && !harmless) {
                throw new NotEmulated(option.key());
            }
        }
    }

    /** {@code bridge=com.docker.network.driver.mtu=1234}: what is for bridge networks. */
    private static Map<String, String> networkOptions(List<String> texts) {
        var options = new TreeMap<String, String>();
        for (String text : texts) {
            String[] parts = text.split("=", 3);
            if (parts.length == 3 && parts[0].equals("bridge")) {
                options.put(parts[1], parts[2]);
            }
        }
        return Collections.unmodifiableMap(options);
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
