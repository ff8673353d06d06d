package dev.vethlab.engine.command.ipset;

import dev.vethlab.engine.kernel.netfilter.set.IpSet;
import dev.vethlab.engine.kernel.netfilter.set.SetElement;
import dev.vethlab.engine.kernel.netfilter.set.SetEntry;
import dev.vethlab.engine.kernel.netfilter.set.SetOptions;
import dev.vethlab.engine.kernel.netfilter.set.SetType;
import dev.vethlab.engine.packet.Ipv4;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Sets as {@code ipset list} and {@code ipset save} print them ({@code lib/session.c}).
 *
 * @param names an address's text
 * @param resolves whether those may be names, by which sorting then goes
 */
record SetPrinter(long now, boolean sorted, boolean resolves, IntFunction<String> names) {
    String listed(IpSet set, boolean headerOnly) {
        var out = new StringBuilder(200);
        out.append("Name: ").append(set.name()).append("\nType: ").append(set.type().text()).append("\nRevision: ")
                .append(set.type().revision()).append("\nHeader:").append(header(set));
        out.append("\nSize in memory: ").append(set.memory(now)).append("\nReferences: ").append(set.references())
                .append("\nNumber of entries: ").append(set.entries(now).size()).append('\n');
        if (!headerOnly) {
            out.append("Members:\n");
            entries(set).forEach(entry -> out.append(element(set, entry)).append('\n'));
        }
        return out.toString();
    }

    String saved(IpSet set, boolean headerOnly) {
        var out = new StringBuilder(200);
        out.append("create ").append(set.name()).append(' ').append(set.type().text()).append(header(set)).append('\n');
        if (!headerOnly) {
            entries(set).forEach(entry -> out.append("add ").append(set.name()).append(' ').append(element(set, entry)).append('\n'));
        }
        return out.toString();
    }

    private List<SetEntry> entries(IpSet set) {
        List<SetEntry> all = set.entries(now);
        if (set.type().isBitmap()) {
            return all.stream().sorted(Comparator.comparing(SetEntry::element, SetElement.ORDER)).toList();
        }
        if (!sorted || set.type() == SetType.LIST_SET) {
            return all;
        }
        Comparator<SetEntry> order = resolves
                ? Comparator.comparing(entry -> element(set, entry))
                : Comparator.comparing(SetEntry::element, SetElement.ORDER);
        return all.stream().sorted(order).toList();
    }

    private static String header(IpSet set) {
        SetOptions options = set.options();
        SetType type = set.type();
        var out = new StringBuilder();
        if (type.isHash()) {
            out.append(" family ").append(options.ipv6() ? "inet6" : "inet").append(" hashsize ").append(options.hashSize())
                    .append(" maxelem ").append(options.maxElements());
        } else if (type.isBitmap()) {
            boolean ports = type == SetType.BITMAP_PORT;
            out.append(" range ").append(ports ? Integer.toString(options.low()) : Ipv4.text(options.low())).append('-')
                    .append(ports ? Integer.toString(options.high()) : Ipv4.text(options.high()));
        } else {
            out.append(" size ").append(options.size());
        }
        if (options.netmask() > 0) {
            out.append(" netmask ").append(options.netmask());
        }
        if (options.timeout() != SetOptions.NO_TIMEOUT) {
            out.append(" timeout ").append(options.timeout());
        }
        out.append(options.counters() ? " counters" : "").append(options.comment() ? " comment" : "")
                .append(options.skbinfo() ? " skbinfo" : "");
        if (type.isHash()) {
            out.append(" bucketsize ").append(options.bucketSize()).append(" initval ").append(String.format("0x%08x", options.initval()));
        }
        return out.toString();
    }

    private String element(IpSet set, SetEntry entry) {
        SetOptions options = set.options();
        var out = new StringBuilder(entry.element().text(set.type(), names));
        if (options.timeout() != SetOptions.NO_TIMEOUT) {
            out.append(" timeout ").append(entry.secondsLeft(now));
        }
        if (entry.attributes().noMatch()) {
            out.append(" nomatch");
        }
        if (options.counters()) {
            out.append(" packets ").append(entry.packets()).append(" bytes ").append(entry.bytes());
        }
        if (!entry.attributes().comment().isEmpty()) {
            out.append(" comment \"").append(entry.attributes().comment()).append('"');
        }
        return out.append(entry.attributes().skb()).toString();
    }
}
