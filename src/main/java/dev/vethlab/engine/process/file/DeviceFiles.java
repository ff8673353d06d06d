package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.DeviceStatistics;
import dev.vethlab.engine.kernel.device.LinkFlag;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.UpperDevice;
import dev.vethlab.engine.packet.Mac;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The directory of a device below {@code /sys/class/net} ({@code net/core/net-sysfs.c}, {@code net/bridge/br_sysfs_*.c}). */
final class DeviceFiles {
    private final NetDevice device;
    private final Map<String, Node> files = new TreeMap<>();

    private DeviceFiles(NetDevice device) {
        this.device = device;
    }

    static Map<String, Node> all(NetworkNamespace network) {
        var directories = new TreeMap<String, Node>();
        for (NetDevice device : network.devices().all()) {
            directories.put(device.name(), new GeneratedDirectory(reader -> new DeviceFiles(device).entries()));
        }
        return directories;
    }

    private Map<String, Node> entries() {
        NetDevice lower = device.lower();
        text("addr_assign_type", device.isLoopback() ? "0" : "1");
        text("addr_len", "6");
        text("address", Mac.text(device.mac()));
        text("broadcast", Mac.text(device.isLoopback() ? Mac.ZERO : Mac.BROADCAST));
        whileUp("carrier", () -> device.hasCarrier() ? "1" : "0");
        text("carrier_changes", device.carrierChanges());
        text("carrier_down_count", (device.carrierChanges() + 1) / 2);
        text("carrier_up_count", device.carrierChanges() / 2);
        text("dev_id", "0x0");
        text("dev_port", "0");
        whileUp("dormant", () -> "0");
        whileUp("duplex", this::duplex);
        text("flags", String.format("0x%x", flags()));
        text("gro_flush_timeout", "0");
        files.put("ifalias", SpecialFile.setting(reader -> device.alias() + "\n", (writer, text) -> device.setAlias(text.strip())));
        text("ifindex", device.index());
        text("iflink", lower == null ? device.index() : lower.index());
        text("link_mode", "0");
        files.put("mtu", SettingFile.number(device.mtu(),
                value -> device.namespace().devices().setMtu(device, (int) Math.min(value, Integer.MAX_VALUE))));
        text("name_assign_type", device.isLoopback() ? "2" : "3");
        text("napi_defer_hard_irqs", "0");
        files.put("netdev_group", SettingFile.number(device.group(), value -> device.setGroup((int) value)));
        text("operstate", device.operState().name().toLowerCase(Locale.ROOT));
        text("proto_down", "0");
        whileUp("speed", this::speed);
        whileUp("testing", () -> "0");
        text("threaded", "0");
        files.put("tx_queue_len",
                SettingFile.number(Integer.toUnsignedLong(device.txQueueLength()), value -> device.setTxQueueLength((int) value)));
        text("type", device.isLoopback() ? "772" : "1");
        text("uevent", (device instanceof Bridge ? "DEVTYPE=bridge\n" : "") + "INTERFACE=" + device.name() + "\nIFINDEX=" + device.index());
        directory("statistics", statistics());
        directory("power", new TreeMap<>());
        directory("queues", queues());
        files.put("subsystem", new SymbolicLink("../../../../class/net"));
        addRelations();
        return files;
    }

    private void text(String name, Object value) {
        files.put(name, SpecialFile.generated(reader -> value + "\n"));
    }

    private interface Text {
        String get() throws KernelException;
    }

    /** Some files can only be read while the device is up: EINVAL otherwise. */
    private void whileUp(String name, Text value) {
        files.put(name, SpecialFile.generated(reader -> {
            if (!device.isUp()) {
                throw new KernelException(Errno.EINVAL);
            }
            return value.get() + "\n";
        }));
    }

    private void directory(String name, Map<String, Node> entries) {
        files.put(name, new GeneratedDirectory(reader -> entries));
    }

    private String speed() throws KernelException {
        if (device.speed() == NetDevice.NO_SPEED) {
            throw new KernelException(Errno.EINVAL);
        }
        return Integer.toString(device.speed());
    }

    private String duplex() throws KernelException {
        return speed().equals("-1") || device instanceof Bridge ? "unknown" : "full";
    }

    /** {@code IFF_*}, less what {@code dev_get_flags} adds. */
    private int flags() {
        int flags = device.isUp() ? 0x1 : 0;
        flags |= device.isLoopback() ? 0x8 : 0x2;
        flags |= device.has(LinkFlag.NOARP) ? 0x80 : 0;
        flags |= device.promiscuity() > 0 ? 0x100 : 0;
        flags |= device.allMulticast() > 0 ? 0x200 : 0;
        return flags | (!device.isLoopback() && device.has(LinkFlag.MULTICAST) ? 0x1000 : 0);
    }

    private Map<String, Node> statistics() {
        DeviceStatistics counted = device.statistics();
        var entries = new TreeMap<String, Node>();
        for (String name : new String[] {"collisions", "rx_compressed", "rx_crc_errors", "rx_errors", "rx_fifo_errors", "rx_frame_errors",
                "rx_length_errors", "rx_missed_errors", "rx_nohandler", "rx_over_errors", "tx_aborted_errors", "tx_carrier_errors",
                "tx_compressed", "tx_errors", "tx_fifo_errors", "tx_heartbeat_errors", "tx_window_errors"}) {
            put(entries, name, 0);
        }
        put(entries, "multicast", counted.multicast());
        put(entries, "rx_bytes", counted.rxBytes());
        put(entries, "rx_packets", counted.rxPackets());
        put(entries, "rx_dropped", counted.rxDropped());
        put(entries, "tx_bytes", counted.txBytes());
        put(entries, "tx_packets", counted.txPackets());
        put(entries, "tx_dropped", counted.txDropped());
        return entries;
    }

    private Map<String, Node> queues() {
        var entries = new TreeMap<String, Node>();
        for (int i = 0; i < device.queues(); i++) {
            entries.put("rx-" + i, new GeneratedDirectory(reader -> new TreeMap<>()));
            entries.put("tx-" + i, new GeneratedDirectory(reader -> new TreeMap<>()));
        }
        return entries;
    }

    private static void put(Map<String, Node> entries, String name, Object value) {
        entries.put(name, SpecialFile.generated(reader -> value + "\n"));
    }

    private void addRelations() {
        BridgePort port = device.port();
        if (device instanceof UpperDevice && device.lower() != null && device.lower().namespace() == device.namespace()) {
            files.put("lower_" + device.lower().name(), new SymbolicLink("../" + device.lower().name()));
        }
        for (NetDevice upper : device.namespace().devices().all()) {
            if (upper instanceof UpperDevice && upper.lower() == device) {
                files.put("upper_" + upper.name(), new SymbolicLink("../" + upper.name()));
            }
        }
        if (port != null) {
            files.put("master", new SymbolicLink("../" + port.bridge().name()));
            files.put("upper_" + port.bridge().name(), new SymbolicLink("../" + port.bridge().name()));
            directory("brport", BridgeFiles.port(port));
        }
        if (device instanceof Bridge bridge) {
            var ports = new TreeMap<String, Node>();
            for (BridgePort one : bridge.forwarding().ports()) {
                String name = one.device().name();
                files.put("lower_" + name, new SymbolicLink("../" + name));
                ports.put(name, new SymbolicLink("../../" + name + "/brport"));
            }
            directory("brif", ports);
            directory("bridge", BridgeFiles.bridge(bridge));
        }
    }
}
