package dev.vethlab.engine.command.link;

import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.DeviceFeatures;
import dev.vethlab.engine.kernel.device.Dummy;
import dev.vethlab.engine.kernel.device.EthernetCard;
import dev.vethlab.engine.kernel.device.Ipvlan;
import dev.vethlab.engine.kernel.device.Loopback;
import dev.vethlab.engine.kernel.device.Macvlan;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Veth;
import dev.vethlab.engine.kernel.device.Vlan;
import dev.vethlab.engine.kernel.device.Vxlan;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code ethtool}: which driver, which statistics, which features, which link. */
public final class Ethtool implements Program {
    private static final int NO_DRIVER_INFO = 71;
    private static final int NO_STATISTICS = 94;
    private static final int NO_DATA = 75;
    private static final String NO_SUCH_NAME =
            "netlink error: no device matches name (offset 24)\nnetlink error: No such device";

    @Override
    public int main(EmulatedProcess self) {
        List<String> words = self.arguments().subList(1, self.arguments().size());
        if (words.isEmpty()) {
            return badArguments(self);
        }
        String option = words.getFirst();
        if (option.equals("--version")) {
            self.println("ethtool version 7.2");
            return 0;
        }
        if (!option.startsWith("-")) {
            return settings(self, option);
        }
        if (words.size() < 2) {
            return badArguments(self);
        }
        String name = words.get(1);
        NetDevice device = self.network().devices().find(name);
        Question question = Question.of(option);
        if (question == null) {
            return Unsupported.answer(self, "ethtool " + option + " is not emulated");
        }
        if (device == null) {
            self.error(question.noSuchDevice);
            return question.noSuchDeviceStatus;
        }
        if (words.size() > 2 && question != Question.CHANGE_FEATURES) {
            if (question == Question.DRIVER || question == Question.STATISTICS) {
                return badArguments(self);
            }
            self.error("ethtool: unexpected parameter '" + words.get(2) + "'");
            return 1;
        }
        return switch (question) {
            case DRIVER -> driver(self, device);
            case STATISTICS -> statistics(self, device);
            case FEATURES, CHANGE_FEATURES -> {
                DeviceFeatures features = device.features();
                if (features == null) {
                    yield Unsupported.answer(self, "the features of a " + device.kind() + " are not emulated");
                }
                var table = new EthtoolFeatures(self, name, features);
                yield question == Question.FEATURES ? table.show() : table.change(words.subList(2, words.size()));
            }
            case PERMANENT_ADDRESS -> {
                self.println("Permanent address: not set");
                yield 0;
            }
            case TIME_STAMPING -> timeStamping(self, device);
            case CHANNELS -> channels(self, device);
            case UNANSWERED -> {
                self.error("netlink error: Operation not supported");
                yield 1;
            }
        };
    }

    /** What can be asked; of a device that is not there most refuse alike. */
    private enum Question {
        DRIVER("Cannot get driver information: No such device", NO_DRIVER_INFO, "-i", "--driver"),
        STATISTICS("Cannot get stats strings information: No such device", 96, "-S", "--statistics"),
        FEATURES(NO_SUCH_NAME, 1, "-k", "--show-features", "--show-offload"),
        CHANGE_FEATURES(NO_SUCH_NAME, 92, "-K", "--features", "--offload"),
        PERMANENT_ADDRESS("netlink error: No such device", 1, "-P", "--show-permaddr"),
        TIME_STAMPING(NO_SUCH_NAME, 1, "-T", "--show-time-stamping"),
        CHANNELS(NO_SUCH_NAME, 1, "-l", "--show-channels"),
        /** What no virtual device's driver answers. */
        UNANSWERED(NO_SUCH_NAME, 1, "-g", "--show-ring", "-a", "--show-pause", "-c", "--show-coalesce", "-x", "--show-rxfh-indir",
                "-m", "--module-info", "--show-priv-flags", "--show-fec", "--show-eee");

        private final String noSuchDevice;
        private final int noSuchDeviceStatus;
        private final List<String> options;

        Question(String noSuchDevice, int noSuchDeviceStatus, String... options) {
            this.noSuchDevice = noSuchDevice;
            this.noSuchDeviceStatus = noSuchDeviceStatus;
            this.options = List.of(options);
        }

        static @Nullable Question of(String option) {
            return Stream.of(values()).filter(question -> question.options.contains(option)).findFirst().orElse(null);
        }
    }

    private static int timeStamping(EmulatedProcess self, NetDevice device) {
        self.print("Time stamping parameters for " + device.name() + ":\nCapabilities:\n"
                + (device instanceof Bridge ? "" : "\tsoftware-transmit\n") + "\tsoftware-receive\n\tsoftware-system-clock\n"
                + "PTP Hardware Clock: none\nHardware Transmit Timestamp Modes: none\nHardware Receive Filter Modes: none\n");
        return 0;
    }

    /** A pair of veths begins with one queue of each processor's. */
    private static int channels(EmulatedProcess self, NetDevice device) {
        if (!(device instanceof Veth || device instanceof EthernetCard)) {
            self.error("netlink error: Operation not supported");
            return 1;
        }
        self.print(("Channel parameters for %s:\nPre-set maximums:\nRX:\t\t%2$d\nTX:\t\t%2$d\nOther:\t\tn/a\nCombined:\tn/a\n"
                + "Current hardware settings:\nRX:\t\t1\nTX:\t\t1\nOther:\t\tn/a\nCombined:\tn/a\n").formatted(device.name(),
                device.queues()));
        return 0;
    }

    private static int badArguments(EmulatedProcess self) {
        self.error("ethtool: bad command line argument(s)\nFor more information run ethtool -h");
        return 1;
    }

    private static int driver(EmulatedProcess self, NetDevice device) {
        String facts = switch (device) {
            case Veth veth ->
                    "driver: veth\nversion: 1.0\nfirmware-version: \nexpansion-rom-version: \nbus-info: \nsupports-statistics: yes\n";
            case EthernetCard card ->
                    "driver: vethlab\nversion: 1.0\nfirmware-version: \nexpansion-rom-version: \nbus-info: \nsupports-statistics: no\n";
            case Bridge bridge -> "driver: bridge\nversion: 2.3\nfirmware-version: N/A\nexpansion-rom-version: \nbus-info: N/A\n"
                    + "supports-statistics: no\n";
            case Dummy dummy -> plainDriver("dummy", "1.0");
            case Vlan vlan -> "driver: 802.1Q VLAN Support\nversion: 1.8\nfirmware-version: N/A\nexpansion-rom-version: \nbus-info: \n"
                    + "supports-statistics: no\n";
            case Macvlan macvlan -> plainDriver("macvlan", "0.1");
            case Ipvlan ipvlan -> plainDriver("ipvlan", "0.1");
            case Vxlan vxlan -> plainDriver("vxlan", "0.1");
            case Loopback lo -> "";
        };
        if (facts.isEmpty()) {
            self.error("Cannot get driver information: Operation not supported");
            return NO_DRIVER_INFO;
        }
        self.print(facts + "supports-test: no\nsupports-eeprom-access: no\nsupports-register-dump: no\nsupports-priv-flags: no\n");
        return 0;
    }

    private static String plainDriver(String name, String version) {
        return "driver: " + name + "\nversion: " + version + "\nfirmware-version: \nexpansion-rom-version: \nbus-info: \n"
                + "supports-statistics: no\n";
    }

    private static int statistics(EmulatedProcess self, NetDevice device) {
        if (!(device instanceof Veth veth) || veth.peer() == null) {
            self.error("no stats available");
            return NO_STATISTICS;
        }
        var text = new StringBuilder("NIC statistics:\n     peer_ifindex: ").append(veth.peer().index()).append('\n');
        for (String name : List.of("rx_queue_0_xdp_packets", "rx_queue_0_xdp_bytes", "rx_queue_0_drops", "rx_queue_0_xdp_redirect",
                "rx_queue_0_xdp_drops", "rx_queue_0_xdp_tx", "rx_queue_0_xdp_tx_errors", "tx_queue_0_xdp_xmit",
                "tx_queue_0_xdp_xmit_errors")) {
            text.append("     ").append(name).append(": 0\n");
        }
        self.print(text.toString());
        return 0;
    }

    private static int settings(EmulatedProcess self, String name) {
        NetDevice device = self.network().devices().find(name);
        if (device == null) {
            for (int i = 0; i < 7; i++) {
                self.error(NO_SUCH_NAME);
            }
            self.println("No data available");
            return NO_DATA;
        }
        String link = "\tLink detected: " + (device.isUp() && device.hasCarrier() ? "yes" : "no") + "\n";
        if (device.speed() == NetDevice.NO_SPEED) {
            self.print("Settings for " + name + ":\n" + link);
            return 0;
        }
        if (!self.context().may(Capability.NET_ADMIN)) {
            self.error("netlink error: Operation not permitted"); // what wakes it is told to administrators only
        }
        boolean bridge = device instanceof Bridge;
        boolean known = device.speed() > 0;
        self.print("Settings for " + name + ":\n\tSupported ports: [  ]\n\tSupported link modes:   Not reported\n"
                + "\tSupported pause frame use: No\n\tSupports auto-negotiation: No\n\tSupported FEC modes: Not reported\n"
                + "\tAdvertised link modes:  Not reported\n\tAdvertised pause frame use: No\n\tAdvertised auto-negotiation: No\n"
                + "\tAdvertised FEC modes: Not reported\n\tSpeed: " + (known ? "10000Mb/s" : "Unknown!") + "\n\tDuplex: "
                + (bridge ? "Unknown! (255)" : "Full") + "\n\tAuto-negotiation: off\n\tPort: " + (bridge ? "Other" : "Twisted Pair")
                + "\n\tPHYAD: 0\n\tTransceiver: internal\n" + (bridge ? "" : "\tMDI-X: Unknown\n") + link);
        return 0;
    }
}
