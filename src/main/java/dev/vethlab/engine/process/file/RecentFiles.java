package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.netfilter.match.RecentMatch;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** {@code /proc/net/xt_recent}: what {@code -m recent} remembers, to read and to change ({@code net/netfilter/xt_recent.c}). */
final class RecentFiles {
    private static final long JIFFY = 4_000_000;
    /** The kernel counts its time from five minutes before the 32 bits are full. */
    private static final long FIRST_JIFFY = 0x1_0000_0000L - 300 * 250;

    private RecentFiles() {}

    static Map<String, Node> all(NetworkNamespace network) {
        var files = new TreeMap<String, Node>();
        for (String name : network.netfilter().recentNames()) {
            files.put(name, SpecialFile.setting(
                    reader -> text(network.netfilter().recent(name)),
                    (writer, text) -> write(network.netfilter().recent(name), text.strip(), network.kernel().now())));
        }
        return files;
    }

    private static String text(RecentMatch.Seen seen) {
        var text = new StringBuilder();
        for (RecentMatch.Seen.Entry entry : seen.entries()) {
            List<String> stamps = new ArrayList<>();
            entry.stamps().forEach(time -> stamps.add(Long.toString(FIRST_JIFFY + time / JIFFY)));
            text.append("src=").append(Ipv4.text(entry.address())).append(" ttl: ").append(entry.ttl());
            text.append(" last_seen: ").append(stamps.getLast()).append(" oldest_pkt: ").append(stamps.size()).append(' ');
            text.append(String.join(", ", stamps)).append('\n');
        }
        return text.toString();
    }

    /** {@code +ADDRESS}, {@code -ADDRESS}, or {@code /} for all ({@code recent_mt_proc_write}). */
    private static void write(RecentMatch.Seen seen, String text, long now) throws KernelException {
        if (text.equals("/")) {
            seen.clear();
            return;
        }
        OptionalInt address = text.isEmpty() ? OptionalInt.empty() : Ipv4.parse(text.substring(1));
        if (address.isEmpty() || (text.charAt(0) != '+' && text.charAt(0) != '-')) {
            throw new KernelException(Errno.EINVAL);
        }
        if (text.charAt(0) == '+') {
            seen.add(address.getAsInt(), now);
        } else {
            seen.remove(address.getAsInt());
        }
    }
}
