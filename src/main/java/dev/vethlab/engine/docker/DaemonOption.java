package dev.vethlab.engine.docker;

import java.util.List;

/**
 * An option of {@code dockerd} ({@code cmd/dockerd/config.go}, {@code daemon/config/config.go}).
 *
 * @param flag its name on the command line; empty if it is none there
 * @param key its name in the configuration file; empty if it is none there
 */
public record DaemonOption(String flag, String key, Type type, Support support) {
    /** What values it takes, with Go's name for that. */
    public enum Type {
        SWITCH("bool"),
        NUMBER("int"),
        TEXT("string"),
        ADDRESS("net.IP"),
        ADDRESSES("[]net.IP"),
        NEW_ADDRESSES("[]netip.Addr"),
        TEXTS("[]string"),
        MAP("map[string]string"),
        SWITCHES("map[string]bool"),
        POOLS("[]*ipamutils.NetworkToSplit"),
        MAP_OF_MAPS("map[string]map[string]string"),
        OBJECT("map[string]interface {}");

        private final String go;

        Type(String go) {
            this.go = go;
        }

        String goName() {
            return go;
        }

        /** Whether the file has an object for it, whose members are no options. */
        boolean isObject() {
            return switch (this) {
                case MAP, SWITCHES, MAP_OF_MAPS, OBJECT -> true;
                case SWITCH, NUMBER, TEXT, ADDRESS, ADDRESSES, NEW_ADDRESSES, TEXTS, POOLS -> false;
            };
        }

        /** Whether it needs no value. */
        public boolean isSwitch() {
            return this == SWITCH;
        }

        /** Whether it may be given more than once, each time with one more value. */
        public boolean isMany() {
            return switch (this) {
                case SWITCH, NUMBER, TEXT, ADDRESS -> false;
                case ADDRESSES, NEW_ADDRESSES, TEXTS, MAP, SWITCHES, POOLS, MAP_OF_MAPS, OBJECT -> true;
            };
        }
    }

    /** What becomes of it here. */
    public enum Support {
        /** It does what it does in the real engine. */
        YES,
        /** It may be given, and concerns nothing that is emulated. */
        IDLE,
        /** Another value than that which the engine has anyway is refused. */
        NO
    }

    public static final List<DaemonOption> ALL = List.of(
            both("allow-direct-routing", Type.SWITCH, Support.YES),
            new DaemonOption("authorization-plugin", "authorization-plugins", Type.TEXTS, Support.NO),
            both("bip", Type.TEXT, Support.YES),
            both("bridge", Type.TEXT, Support.YES),
            new DaemonOption("builder", "builder", Type.OBJECT, Support.IDLE),
            both("bip6", Type.TEXT, Support.NO),
            both("cgroup-parent", Type.TEXT, Support.NO),
            both("containerd", Type.TEXT, Support.IDLE),
            both("data-root", Type.TEXT, Support.NO),
            both("debug", Type.SWITCH, Support.IDLE),
            both("default-cgroupns-mode", Type.TEXT, Support.IDLE),
            both("default-gateway-v6", Type.ADDRESS, Support.NO),
            both("default-ipc-mode", Type.TEXT, Support.NO),
            both("default-runtime", Type.TEXT, Support.IDLE),
            both("default-shm-size", Type.TEXT, Support.IDLE),
            new DaemonOption("default-ulimit", "default-ulimits", Type.OBJECT, Support.IDLE),
            new DaemonOption("default-address-pool", "default-address-pools", Type.POOLS, Support.YES),
            both("default-gateway", Type.ADDRESS, Support.NO),
            new DaemonOption("default-network-opt", "default-network-opts", Type.MAP_OF_MAPS, Support.YES),
            both("dns", Type.ADDRESSES, Support.YES),
            new DaemonOption("dns-opt", "dns-opts", Type.TEXTS, Support.YES),
            both("dns-search", Type.TEXTS, Support.YES),
            new DaemonOption("exec-opt", "exec-opts", Type.TEXTS, Support.IDLE),
            both("experimental", Type.SWITCH, Support.IDLE),
            new DaemonOption("feature", "features", Type.SWITCHES, Support.IDLE),
            both("exec-root", Type.TEXT, Support.NO),
            both("fixed-cidr", Type.TEXT, Support.YES),
            both("fixed-cidr-v6", Type.TEXT, Support.NO),
            both("group", Type.TEXT, Support.IDLE),
            new DaemonOption("host", "hosts", Type.TEXTS, Support.NO),
            new DaemonOption("host-gateway-ip", "host-gateway-ips", Type.NEW_ADDRESSES, Support.NO),
            new DaemonOption("", "host-gateway-ip", Type.ADDRESS, Support.NO),
            both("icc", Type.SWITCH, Support.YES),
            both("init", Type.SWITCH, Support.NO),
            both("init-path", Type.TEXT, Support.IDLE),
            new DaemonOption("insecure-registry", "insecure-registries", Type.TEXTS, Support.IDLE),
            both("ip", Type.ADDRESS, Support.YES),
            both("ip-forward", Type.SWITCH, Support.YES),
            both("ip-forward-no-drop", Type.SWITCH, Support.YES),
            both("ip-masq", Type.SWITCH, Support.YES),
            both("ip6tables", Type.SWITCH, Support.NO),
            both("iptables", Type.SWITCH, Support.YES),
            both("ipv6", Type.SWITCH, Support.NO),
            new DaemonOption("label", "labels", Type.TEXTS, Support.IDLE),
            both("live-restore", Type.SWITCH, Support.NO),
            both("log-driver", Type.TEXT, Support.IDLE),
            both("log-format", Type.TEXT, Support.IDLE),
            both("log-level", Type.TEXT, Support.IDLE),
            new DaemonOption("log-opt", "log-opts", Type.MAP, Support.IDLE),
            both("max-concurrent-downloads", Type.NUMBER, Support.IDLE),
            both("max-concurrent-uploads", Type.NUMBER, Support.IDLE),
            both("max-download-attempts", Type.NUMBER, Support.IDLE),
            both("metrics-addr", Type.TEXT, Support.NO),
            both("mtu", Type.NUMBER, Support.YES),
            both("network-control-plane-mtu", Type.NUMBER, Support.IDLE),
            both("no-new-privileges", Type.SWITCH, Support.IDLE),
            both("pidfile", Type.TEXT, Support.IDLE),
            new DaemonOption("proxies", "proxies", Type.OBJECT, Support.NO),
            both("raw-logs", Type.SWITCH, Support.IDLE),
            new DaemonOption("registry-mirror", "registry-mirrors", Type.TEXTS, Support.IDLE),
            new DaemonOption("add-runtime", "runtimes", Type.OBJECT, Support.IDLE),
            both("seccomp-profile", Type.TEXT, Support.IDLE),
            both("selinux-enabled", Type.SWITCH, Support.NO),
            both("shutdown-timeout", Type.NUMBER, Support.IDLE),
            both("storage-driver", Type.TEXT, Support.IDLE),
            new DaemonOption("storage-opt", "storage-opts", Type.TEXTS, Support.IDLE),
            both("swarm-default-advertise-addr", Type.TEXT, Support.IDLE),
            both("tls", Type.SWITCH, Support.NO),
            both("tlsverify", Type.SWITCH, Support.NO),
            both("tlscacert", Type.TEXT, Support.IDLE),
            both("tlscert", Type.TEXT, Support.IDLE),
            both("tlskey", Type.TEXT, Support.IDLE),
            both("userland-proxy", Type.SWITCH, Support.YES),
            both("userns-remap", Type.TEXT, Support.NO),
            both("userland-proxy-path", Type.TEXT, Support.IDLE));

    private static DaemonOption both(String name, Type type, Support support) {
        return new DaemonOption(name, name, type, support);
    }
}
