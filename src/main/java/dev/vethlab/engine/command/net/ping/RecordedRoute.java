package dev.vethlab.engine.command.net.ping;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4Options;
import java.util.function.IntFunction;

/** What replies tell in their headers' options: {@code -R} and {@code -T} ({@code pr_options}). */
final class RecordedRoute {
    private final IntFunction<String> names;
    private Bytes lastRoute = Bytes.EMPTY;

    RecordedRoute(IntFunction<String> names) {
        this.names = names;
    }

    /** What is said behind a reply with these options. */
    String text(Ipv4Options options) {
        Bytes bytes = options.bytes();
        var out = new StringBuilder();
        int at = 0;
        while (at < bytes.length() && bytes.get(at) != Ipv4Options.END) {
            if (bytes.get(at) == Ipv4Options.NO_OPERATION) {
                at++;
                continue;
            }
            Bytes option = bytes.slice(at, Math.min(bytes.length(), at + bytes.get(at + 1)));
            int end = Math.min(option.get(2) - 1, option.length());
            switch (option.get(0)) {
                case Ipv4Options.RECORD_ROUTE -> route(out, option.slice(3, Math.max(end, 3)));
                case Ipv4Options.TIMESTAMP -> times(out, option.get(3), option.slice(4, Math.max(end, 4)));
                default -> {}
            }
            at += option.length();
        }
        return out.toString();
    }

    private void route(StringBuilder out, Bytes addresses) {
        if (addresses.equals(lastRoute)) {
            out.append("\t(same route)");
            return;
        }
        lastRoute = addresses;
        out.append("\nRR: ");
        for (int at = 0; at + 4 <= addresses.length(); at += 4) {
            out.append('\t').append(names.apply(addresses.word(at))).append('\n');
        }
    }

    private void times(StringBuilder out, int flags, Bytes entries) {
        if (entries.isEmpty()) {
            return;
        }
        boolean addressed = (flags & 15) != Ipv4Options.TIMES_ONLY;
        int last = 0;
        out.append("\nTS: ");
        for (int at = 0; at + 4 <= entries.length(); at += 4) {
            if (addressed) {
                out.append('\t').append(names.apply(entries.word(at)));
                at += 4;
            }
            int time = entries.word(at);
            out.append('\t').append(last == 0 ? time : time - last).append(last == 0 ? " absolute\n" : "\n");
            last = time;
        }
        if (flags >> 4 != 0) {
            out.append("Unrecorded hops: ").append(flags >> 4).append('\n');
        }
    }
}
