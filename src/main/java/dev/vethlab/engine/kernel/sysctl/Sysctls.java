package dev.vethlab.engine.kernel.sysctl;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one namespace below {@code net.}; names as sysctl(8) writes them, with dots. Settings per device are those of {@code
 * default} at the time that the device was made.
 */
public final class Sysctls {
    private static final TreeMap<String, String> DEFAULTS = new TreeMap<>();

    static {
        DEFAULTS.put("net.ipv4.ip_forward", "0");
        DEFAULTS.put("net.ipv4.ip_default_ttl", "64");
        DEFAULTS.put("net.ipv4.fib_multipath_hash_policy", "0");
        DEFAULTS.put("net.ipv4.ip_nonlocal_bind", "0");
        DEFAULTS.put("net.ipv4.icmp_echo_ignore_all", "0");
        DEFAULTS.put("net.ipv4.icmp_echo_ignore_broadcasts", "1");
        DEFAULTS.put("net.ipv4.icmp_ratelimit", "1000");
        DEFAULTS.put("net.ipv4.icmp_ratemask", Integer.toString(0x1818));
        DEFAULTS.put("net.ipv4.ip_unprivileged_port_start", "1024");
        DEFAULTS.put("net.ipv4.tcp_syn_retries", "6");
        DEFAULTS.put("net.ipv4.tcp_synack_retries", "5");
        DEFAULTS.put("net.ipv4.tcp_retries2", "15");
        DEFAULTS.put("net.ipv4.tcp_fin_timeout", "60");
        DEFAULTS.put("net.ipv4.tcp_timestamps", "1");
        DEFAULTS.put("net.ipv4.tcp_sack", "1");
        DEFAULTS.put("net.ipv4.tcp_dsack", "1");
        DEFAULTS.put("net.ipv4.tcp_window_scaling", "1");
        DEFAULTS.put("net.ipv4.neigh.default.gc_thresh3", "1024");
        DEFAULTS.put("net.core.somaxconn", "4096");
        DEFAULTS.put("net.ipv4.ip_local_port_range", "32768\t60999");
        DEFAULTS.put("net.ipv4.ping_group_range", "1\t0");
        NetfilterDefaults.addTo(DEFAULTS);
    }

    private static final Pattern PAIR = Pattern.compile("\\d{1,10}\\s+\\d{1,10}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String IP_FORWARD = "net.ipv4.ip_forward";
    static final String ALL = "all";
    static final String DEFAULT = "default";

    /** What differs from the defaults, which all namespaces share. */
    private final TreeMap<String, String> changed = new TreeMap<>();
    /** The settings of {@code all}, {@code default} and every device. */
    private final TreeMap<String, DeviceConf> devices = new TreeMap<>();
    private final NeighbourConf neighbours = new NeighbourConf();
    private final Runnable ipv6Changed;
    private final TreeMap<String, Supplier<String>> computed = new TreeMap<>();
    private int changes;

    /** {@code ipv6Changed} is run after IPv6 was switched on or off somewhere. */
    public Sysctls(Runnable ipv6Changed) {
        this.ipv6Changed = ipv6Changed;
        devices.put(ALL, DeviceConf.INITIAL_OF_ALL);
        devices.put(DEFAULT, DeviceConf.INITIAL);
    }

    /** The value as a file below {@code /proc/sys} reads; null if there is no such setting. */
    public @Nullable String get(String name) {
        Supplier<String> number = computed.get(name);
        String value = number == null ? stored(name) : number.get();
        return value == null ? FixedSettings.get(name, devices.keySet()) : value;
    }

    private @Nullable String stored(String name) {
        DeviceConf.Name conf = DeviceConf.Name.of(name);
        if (conf != null) {
            DeviceConf device = devices.get(conf.device());
            return device == null ? null : device.get(conf.setting());
        }
        String value = NeighbourConf.isOne(name) ? neighbours.get(name) : changed.get(name);
        return value == null ? DEFAULTS.get(name) : value;
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
        TreeSet<String> names = new TreeSet<>(DEFAULTS.keySet());
        names.addAll(FixedSettings.names(devices.keySet()));
        for (String device : devices.keySet()) {
            names.addAll(DeviceConf.names(device));
        }
        return List.copyOf(names);
    }

    /** Whether {@code name} is not that of a setting, but what names of settings begin with: a directory below {@code /proc/sys}. */
    public boolean isDirectory(String name) {
        String below = name + ".";
        String next = DEFAULTS.ceilingKey(below);
        return next != null && next.startsWith(below) || FixedSettings.isDirectory(below, devices.keySet());
    }

    /** Whether a numeric setting is not 0. */
    public boolean isOn(String name) {
        return number(name) != 0;
    }

    public int number(String name) {
        return parsed(stored(name));
    }

    private static int parsed(@Nullable String value) {
        return value == null ? 0 : Integer.parseInt(value);
    }

    /** A device's setting in {@code net.ipv4.conf}. */
    public int ofDevice(NetDevice device, String setting) {
        return ofScope(device.name(), setting);
    }

    /** A device's setting in {@code net.ipv4.neigh}. */
    public int ofNeighbours(NetDevice device, String setting) {
        return parsed(get(NeighbourConf.name(device.name(), setting)));
    }

    private int ofScope(String scope, String setting) {
        DeviceConf conf = devices.get(scope);
        return conf == null ? 0 : parsed(conf.get(DeviceConf.IPV4 + setting));
    }

    /** The higher of a device's setting and that of {@code all} ({@code IN_DEV_MAXCONF}). */
    public int maxOfDevice(NetDevice device, String setting) {
        return Math.max(ofScope(ALL, setting), ofDevice(device, setting));
    }

    /** Whether the device's setting or that of {@code all} is on ({@code IN_DEV_ORCONF}). */
    public boolean eitherOfDevice(NetDevice device, String setting) {
        return maxOfDevice(device, setting) != 0;
    }

    /** Whether the device's setting and that of {@code all} are on ({@code IN_DEV_ANDCONF}). */
    public boolean bothOfDevice(NetDevice device, String setting) {
        return ofScope(ALL, setting) != 0 && ofDevice(device, setting) != 0;
    }

    /** The kernel itself switches something on that is sure to be there. */
    public void switchOn(String name) {
        try {
            set(name, "1");
        } catch (KernelException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /**
     * Sets it, with what hangs on it: {@code ip_forward} sets every device's {@code forwarding} and the other way round.
     *
     * @throws KernelException ENOENT if there is none such, EINVAL if the value is none for it, EOPNOTSUPP if no other value is emulated
     */
    public void set(String name, String text) throws KernelException {
        String old = stored(name);
        if (NeighbourConf.isOne(name) && FixedSettings.get(name, devices.keySet()) != null) {
            setOfNeighbours(name, text.strip());
            return;
        }
        if (old == null) {
            setFixed(name, text.strip());
            return;
        }
        if (computed.containsKey(name)) {
            throw new KernelException(Errno.EACCES);
        }
        changes++;
        String value = text.strip();
        if (old.contains("\t") ? !PAIR.matcher(value).matches() : !NUMBER.matcher(value).matches()) {
            throw new KernelException(Errno.EINVAL);
        }
        DeviceConf.Name conf = DeviceConf.Name.of(name);
        if (conf == null) {
            changed.put(name, BLANKS.matcher(value).replaceAll("\t"));
        } else if (conf.device().equals(ALL) && conf.setting().equals(DeviceConf.DISABLE_IPV6)) {
            devices.replaceAll((device, its) -> its.with(conf.setting(), value));
        } else {
            devices.computeIfPresent(conf.device(), (device, its) -> its.with(conf.setting(), value));
        }
        if (conf != null && conf.setting().equals(DeviceConf.DISABLE_IPV6)) {
            ipv6Changed.run();
        }
        if (name.equals(IP_FORWARD) || (conf != null && conf.device().equals(ALL) && conf.setting().equals(DeviceConf.FORWARDING))) {
            changed.put(IP_FORWARD, value);
            devices.replaceAll((device, its) -> its.with(DeviceConf.FORWARDING, value));
        }
    }

    private void setOfNeighbours(String name, String value) throws KernelException {
        if (!value.matches("\\d{1,9}")) {
            throw new KernelException(Errno.EINVAL);
        }
        changes++;
        neighbours.set(name, value);
    }

    private void setFixed(String name, String value) throws KernelException {
        String fixed = FixedSettings.get(name, devices.keySet());
        if (fixed == null) {
            throw new KernelException(Errno.ENOENT);
        }
        if (!fixed.equals(value)) {
            throw new KernelException(Errno.EOPNOTSUPP);
        }
    }

    /** A device appeared: it gets the settings of {@code default}. */
    public void deviceAdded(String device) {
        devices.put(device, Objects.requireNonNull(devices.get(DEFAULT)));
    }

    public void deviceRemoved(String device) {
        devices.remove(device);
        neighbours.removed(device);
    }

    public void deviceRenamed(String from, String to) {
        devices.put(to, Objects.requireNonNull(devices.remove(from)));
        neighbours.renamed(from, to);
    }
}
