package dev.vethlab.engine.command.link;

import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.Dummy;
import dev.vethlab.engine.kernel.device.EthernetCard;
import dev.vethlab.engine.kernel.device.Ipvlan;
import dev.vethlab.engine.kernel.device.Loopback;
import dev.vethlab.engine.kernel.device.Macvlan;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Veth;
import dev.vethlab.engine.kernel.device.Vlan;
import dev.vethlab.engine.kernel.device.Vxlan;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;

/** {@code ethtool}: which driver, which statistics, which link. */
public final class Ethtool implements Program {
    private static final int NO_DRIVER_INFO = 71;
    private static final int NO_STATISTICS = 94;
    private static final int NO_DATA = 75;

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
        NetDevice device = self.network().devices().find(words.get(1));
        return switch (option) {
            case "-i", "--driver" -> driver(self, device);
            case "-S", "--statistics" -> statistics(self, device);
            default -> Unsupported.answer(self, "ethtool " + option + " is not emulated");
        };
    }

    private static int badArguments(EmulatedProcess self) {
        self.error("ethtool: bad command line argument(s)\nFor more information run ethtool -h");
        return 1;
    }

    private static int driver(EmulatedProcess self, @org.jspecify.annotations.Nullable NetDevice device) {
        if (device == null) {
            self.error("Cannot get driver information: No such device");
            return NO_DRIVER_INFO;
        }
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

    private static int statistics(EmulatedProcess self, @org.jspecify.annotations.Nullable NetDevice device) {
        if (device == null) {
            self.error("Cannot get stats strings information: No such device");
            return 96;
        }
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
                self.error("netlink error: no device matches name (offset 24)\nnetlink error: No such device");
            }
            self.println("No data available");
            return NO_DATA;
        }
        String link = "\tLink detected: " + (device.isUp() && device.hasCarrier() ? "yes" : "no") + "\n";
        if (device.speed() == NetDevice.NO_SPEED) {
            self.print("Settings for " + name + ":\n" + link);
            return 0;
        }
        boolean bridge = device instanceof Bridge;
        boolean known = !bridge || device.hasCarrier() && device.isUp();
        self.print("Settings for " + name + ":\n\tSupported ports: [  ]\n\tSupported link modes:   Not reported\n"
                + "\tSupported pause frame use: No\n\tSupports auto-negotiation: No\n\tSupported FEC modes: Not reported\n"
                + "\tAdvertised link modes:  Not reported\n\tAdvertised pause frame use: No\n\tAdvertised auto-negotiation: No\n"
                + "\tAdvertised FEC modes: Not reported\n\tSpeed: " + (known ? "10000Mb/s" : "Unknown!") + "\n\tDuplex: "
                + (bridge ? "Unknown! (255)" : "Full") + "\n\tAuto-negotiation: off\n\tPort: " + (bridge ? "Other" : "Twisted Pair")
                + "\n\tPHYAD: 0\n\tTransceiver: internal\n" + (bridge ? "" : "\tMDI-X: Unknown\n") + link);
        return 0;
    }
}
