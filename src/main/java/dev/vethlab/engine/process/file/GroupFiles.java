package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Mac;
import java.util.List;
import java.util.Map;

/** {@code /proc/net/igmp} and {@code dev_mcast}: the groups that devices listen to. */
final class GroupFiles {
    private GroupFiles() {}

    static void addTo(Map<String, Node> files, NetworkNamespace network) {
        files.put("igmp", SpecialFile.generated(reader -> internet(network)));
        files.put("dev_mcast", SpecialFile.generated(reader -> link(network)));
    }

    /** {@code igmp_mc_seq_show}. */
    private static String internet(NetworkNamespace network) {
        var text = new StringBuilder("Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n");
        for (NetDevice device : network.devices().all()) {
            List<Integer> groups = device.groups().internet();
            if (groups.isEmpty()) {
                continue;
            }
            text.append(String.format("%d\t%-10s: %5d %7s\n", device.index(), device.name(), groups.size(), "V3"));
            groups.forEach(group -> text.append(String.format("\t\t\t\t%08X %5d %d:%08X\t\t%d\n", Integer.reverseBytes(group), device.groups().users(group),
                    0, 0, 0)));
        }
        return text.toString();
    }

    /** {@code dev_mc_seq_show}. */
    private static String link(NetworkNamespace network) {
        var text = new StringBuilder();
        for (NetDevice device : network.devices().all()) {
            if (device.isLoopback()) {
                continue;
            }
            for (long group : device.groups().all()) {
                text.append(String.format("%-4d %-15s %-5d %-5d %s\n", device.index(), device.name(), device.groups().listeners(group),
                        device.groups().byHand().contains(group) ? 1 : 0, Mac.text(group).replace(":", "")));
            }
        }
        return text.toString();
    }
}
