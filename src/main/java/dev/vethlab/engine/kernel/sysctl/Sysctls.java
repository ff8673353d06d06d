package dev.vethlab.engine.kernel.sysctl;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one namespace below {@code net.}; names as sysctl(8) writes them, with dots. Settings per device are those of {@code
 * default} at the time that the device was made.
 */
public final class Sysctls {
    private static final Map<String, Integer> DEFAULTS = new TreeMap<>();
    private static final Map<String, Integer> DEVICE_DEFAULTS = new TreeMap<>();

    static {
        DEFAULTS.put("net.ipv4.ip_forward", 0);
        DEFAULTS.put("net.ipv4.ip_default_ttl", 64);
        DEFAULTS.put("net.ipv4.ip_nonlocal_bind", 0);
        DEFAULTS.put("net.ipv4.icmp_echo_ignore_all", 0);
        DEFAULTS.put("net.ipv4.icmp_echo_ignore_broadcasts", 1);
        DEFAULTS.put("net.ipv4.icmp_ratelimit", 1000);
        DEFAULTS.put("net.ipv4.icmp_ratemask", 0x1818);
        DEFAULTS.put("net.ipv4.ip_unprivileged_port_start", 1024);
        DEFAULTS.put("net.ipv4.tcp_syn_retries", 6);
        DEFAULTS.put("net.ipv4.tcp_synack_retries", 5);
        DEFAULTS.put("net.ipv4.tcp_retries2", 15);
        DEFAULTS.put("net.ipv4.tcp_fin_timeout", 60);
        DEFAULTS.put("net.ipv4.tcp_timestamps", 1);
        DEFAULTS.put("net.ipv4.tcp_sack", 1);
        DEFAULTS.put("net.ipv4.tcp_window_scaling", 1);
        DEFAULTS.put("net.ipv4.neigh.default.gc_thresh3", 1024);
        DEFAULTS.put("net.core.somaxconn", 4096);
        NetfilterDefaults.addTo(DEFAULTS);
        DEVICE_DEFAULTS.put("forwarding", 0);
        DEVICE_DEFAULTS.put("rp_filter", 0);
        DEVICE_DEFAULTS.put("accept_local", 0);
        DEVICE_DEFAULTS.put("route_localnet", 0);
        DEVICE_DEFAULTS.put("proxy_arp", 0);
        DEVICE_DEFAULTS.put("arp_ignore", 0);
        DEVICE_DEFAULTS.put("arp_announce", 0);
        DEVICE_DEFAULTS.put("arp_filter", 0);
        DEVICE_DEFAULTS.put("arp_accept", 0);
        DEVICE_DEFAULTS.put("log_martians", 0);
        DEVICE_DEFAULTS.put("send_redirects", 1);
        DEVICE_DEFAULTS.put("accept_redirects", 1);
        DEVICE_DEFAULTS.put("secure_redirects", 1);
        DEVICE_DEFAULTS.put("accept_source_route", 1);
        DEVICE_DEFAULTS.put("arp_evict_nocarrier", 1);
        DEVICE_DEFAULTS.put("arp_notify", 0);
        DEVICE_DEFAULTS.put("proxy_arp_pvlan", 0);
        DEVICE_DEFAULTS.put("src_valid_mark", 0);
        DEVICE_DEFAULTS.put("ignore_routes_with_linkdown", 0);
        DEVICE_DEFAULTS.put("promote_secondaries", 0);
    }

    private static final String CONF = "net.ipv4.conf.";
    private static final String CONF6 = "net.ipv6.conf.";
    private static final String DISABLE_IPV6 = ".disable_ipv6";

    private final TreeMap<String, String> values = new TreeMap<>();
    private final Runnable ipv6Changed;
    private final TreeMap<String, Supplier<String>> computed = new TreeMap<>();
    private int changes;

    /** {@code ipv6Changed} is run after IPv6 was switched on or off somewhere. */
    public Sysctls(Runnable ipv6Changed) {
        this.ipv6Changed = ipv6Changed;
        DEFAULTS.forEach((name, value) -> values.put(name, Integer.toString(value)));
        values.put("net.ipv4.ip_local_port_range", "32768\t60999");
        values.put("net.ipv4.ping_group_range", "1\t0");
        for (String scope : List.of("all", "default")) {
            DEVICE_DEFAULTS.forEach((name, value) -> values.put(CONF + scope + "." + name, Integer.toString(value)));
            values.put(CONF6 + scope + DISABLE_IPV6, "0");
        }
    }

    /** The value as a file below {@code /proc/sys} reads; null if there is no such setting. */
    public @Nullable String get(String name) {
        Supplier<String> number = computed.get(name);
        return number == null ? values.get(name) : number.get();
    }

    /** Makes a setting one that can only be read and is {@code value}'s. */
    public void compute(String name, Supplier<String> value) {
        computed.put(name, value);
    }

    /** Goes up whenever something was set: for those who keep what they read. */
    public int changes() {
        return changes;
    }

    /** The names that exist, sorted. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** Whether a numeric setting is not 0. */
    public boolean isOn(String name) {
        return number(name) != 0;
    }

    public int number(String name) {
        String value = values.get(name);
        return value == null ? 0 : Integer.parseInt(value);
    }

    /** A device's setting in {@code net.ipv4.conf}. */
    public int ofDevice(NetDevice device, String setting) {
        return number(CONF + device.name() + "." + setting);
    }

    /** The higher of a device's setting and that of {@code all} ({@code IN_DEV_MAXCONF}). */
    public int maxOfDevice(NetDevice device, String setting) {
        return Math.max(number(CONF + "all." + setting), ofDevice(device, setting));
    }

    /** Whether the device's setting or that of {@code all} is on ({@code IN_DEV_ORCONF}). */
    public boolean eitherOfDevice(NetDevice device, String setting) {
        return maxOfDevice(device, setting) != 0;
    }

    /**
     * Sets it, with what hangs on it: {@code ip_forward} sets every device's {@code forwarding} and the other way round.
     *
     * @throws KernelException ENOENT if there is none such, EINVAL if the value is none for it
     */
    public void set(String name, String text) throws KernelException {
        String old = values.get(name);
        if (old == null) {
            throw new KernelException(Errno.ENOENT);
        }
        if (computed.containsKey(name)) {
            throw new KernelException(Errno.EACCES);
        }
        changes++;
        String value = text.strip();
        if (old.contains("\t") ? !value.matches("\\d{1,10}\\s+\\d{1,10}") : !value.matches("-?\\d{1,9}")) {
            throw new KernelException(Errno.EINVAL);
        }
        values.put(name, value.replaceAll("\\s+", "\t"));
        if (name.startsWith(CONF6) && name.endsWith(DISABLE_IPV6)) {
            if (name.equals(CONF6 + "all" + DISABLE_IPV6)) {
                values.replaceAll((other, its) -> other.startsWith(CONF6) && other.endsWith(DISABLE_IPV6) ? value : its);
            }
            ipv6Changed.run();
        }
        boolean forwardsAll = name.equals("net.ipv4.ip_forward") || name.equals(CONF + "all.forwarding");
        if (forwardsAll) {
            values.put("net.ipv4.ip_forward", value);
            for (String other : new ArrayList<>(values.keySet())) {
                if (other.startsWith(CONF) && other.endsWith(".forwarding")) {
                    values.put(other, value);
                }
            }
        }
    }

    /** A device appeared: it gets the settings of {@code default}. */
    public void deviceAdded(String device) {
        for (String setting : DEVICE_DEFAULTS.keySet()) {
            values.put(CONF + device + "." + setting, java.util.Objects.requireNonNull(values.get(CONF + "default." + setting)));
        }
        values.put(CONF6 + device + DISABLE_IPV6, java.util.Objects.requireNonNull(values.get(CONF6 + "default" + DISABLE_IPV6)));
    }

    public void deviceRemoved(String device) {
        values.keySet().removeIf(name -> name.startsWith(CONF + device + ".") || name.startsWith(CONF6 + device + "."));
    }

    public void deviceRenamed(String from, String to) {
        for (String setting : DEVICE_DEFAULTS.keySet()) {
            values.put(CONF + to + "." + setting, java.util.Objects.requireNonNull(values.get(CONF + from + "." + setting)));
        }
        values.put(CONF6 + to + DISABLE_IPV6, java.util.Objects.requireNonNull(values.get(CONF6 + from + DISABLE_IPV6)));
        deviceRemoved(from);
    }
}
