package dev.vethlab.engine.command.docker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line of {@code dockerd}, which is parsed and explained as that of {@code docker} is. */
public final class DaemonFlags {
    /** What help lists: that which does something here. */
    private static final Flags LISTED = Flags.declare("""
            --allow-direct-routing   Allow remote access to published ports on container IP addresses
            --bip string   IPv4 address for the default bridge
            -b, --bridge string   Attach containers to a network bridge
            --config-file string   Daemon configuration file (default "/etc/docker/daemon.json")
            --default-address-pool pool-options   Default address pools for node specific local networks
            --default-network-opt mapmap   Default network options (default map[])
            --dns ipSlice   DNS server to use (default [])
            --dns-opt list   DNS options to use
            --dns-search list   DNS search domains to use
            --fixed-cidr string   IPv4 subnet for the default bridge network
            --help   Print usage
            --icc   Enable inter-container communication for the default bridge network (default true)
            --ip ip   Host IP for port publishing from the default bridge network (default 0.0.0.0)
            --ip-forward   Enable IP forwarding in system configuration (default true)
            --ip-forward-no-drop   Do not set the filter-FORWARD policy to DROP when enabling IP forwarding
            --ip-masq   Enable IP masquerading for the default bridge network (default true)
            --iptables   Enable addition of iptables rules (default true)
            --mtu int   Set the MTU for the default "bridge" network (default 1500)
            --userland-proxy   Use userland proxy for loopback traffic (default true)
            --validate   Validate daemon configuration and exit
            -v, --version   Print version information and quit
            """);

    private final Flags flags;

    /** @param others the options that are understood and not listed, as {@link Flags#declare} takes them */
    public DaemonFlags(String others) {
        flags = LISTED.and(Flags.declare("""
            !-D, --debug
            !-G, --group string
            !-H, --host list
            !-l, --log-level string
            !-p, --pidfile string
            !-s, --storage-driver string
            """)).and(Flags.declare(others));
    }

    /**
     * A command line.
     *
     * @param options what was given, by name
     */
    public record Line(Map<String, List<String>> options, List<String> arguments, boolean help) {
        public boolean has(String name) {
            return options.containsKey(name);
        }
    }

    /** @throws IllegalArgumentException with what is wrong, in the words of {@code pflag} */
    public Line parse(List<String> words) {
        try {
            ParsedFlags parsed = flags.parse(words, true);
            var options = new LinkedHashMap<String, List<String>>();
            parsed.given().forEach(spec -> options.put(spec.name(), parsed.texts(spec.name())));
            return new Line(options, parsed.arguments(), parsed.asksForHelp());
        } catch (FlagException e) {
            throw new IllegalArgumentException(e.message(), e);
        }
    }

    public static String help() {
        return "\nUsage:\tdockerd [OPTIONS]\n\nA self-sufficient runtime for containers.\n\nOptions:\n" + HelpText.options(LISTED.specs());
    }
}
