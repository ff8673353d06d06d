package dev.vethlab.engine.command.net.tcpdump;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.NetDevice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be listened on, the most useful first ({@code pcap_findalldevs}). */
final class Interfaces {
    /** Always there in libpcap of Debian; their kinds of packets are not emulated. */
    static final List<String> OTHERS = List.of("bluetooth-monitor", "nflog", "nfqueue", "dbus-system", "dbus-session");

    private static final List<String> OTHER_LINES = List.of("bluetooth-monitor (Bluetooth Linux Monitor) [Wireless]",
            "nflog (Linux netfilter log (NFLOG) interface) [none]", "nfqueue (Linux netfilter queue (NFQUEUE) interface) [none]",
            "dbus-system (D-Bus system bus) [none]", "dbus-session (D-Bus session bus) [none]");

    private record Candidate(String name, String line, long merit) {}

    private Interfaces() {}

    /** The device that is meant when none is named. */
    static String first(NetworkNamespace network) {
        return candidates(network).getFirst().name;
    }

    /** How many {@code -D} lists. */
    static int count(NetworkNamespace network) {
        return candidates(network).size() + OTHER_LINES.size();
    }

    /** The device with this number in {@code -D}, or null. */
    static @Nullable String named(NetworkNamespace network, int number) {
        List<Candidate> all = candidates(network);
        return number >= 1 && number <= all.size() ? all.get(number - 1).name : null;
    }

    /** The output of {@code -D}. */
    static String list(NetworkNamespace network) {
        var text = new StringBuilder();
        List<String> lines = new ArrayList<>(candidates(network).stream().map(Candidate::line).toList());
        lines.addAll(OTHER_LINES);
        for (int i = 0; i < lines.size(); i++) {
            text.append(i + 1).append('.').append(lines.get(i)).append('\n');
        }
        return text.toString();
    }

    private static List<Candidate> candidates(NetworkNamespace network) {
        List<Candidate> found = new ArrayList<>();
        for (NetDevice device : network.devices().all()) {
            List<String> flags = new ArrayList<>();
            if (device.isUp()) {
                flags.add("Up");
            }
            if (device.isRunning()) {
                flags.add("Running");
            }
            flags.add(device.isLoopback() ? "Loopback" : device.isRunning() ? "Connected" : "Disconnected");
            found.add(new Candidate(device.name(), device.name() + " [" + String.join(", ", flags) + "]", merit(device)));
        }
        found.add(new Candidate("any", "any (Pseudo-device that captures on all interfaces) [Up, Running]", 0x0800_0000));
        found.sort(Comparator.comparingLong(Candidate::merit));
        return found;
    }

    /** {@code get_figure_of_merit}: the lower the better. */
    private static long merit(NetDevice device) {
        String digits = device.name().replaceFirst("^.*?([0-9]*)$", "$1");
        long merit = digits.isEmpty() ? 0 : Long.parseLong(digits.substring(0, Math.min(digits.length(), 8)));
        if (!device.isRunning()) {
            merit |= 0x8000_0000L;
        }
        if (!device.isUp()) {
            merit |= 0x4000_0000L;
        }
        return device.isLoopback() ? merit | 0x1000_0000L : merit;
    }
}
