package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch.Address;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch.Interface;
import dev.vethlab.engine.kernel.netfilter.RuleSpec;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.target.JumpTarget;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A rule as {@code iptables -L} shows it ({@code print_rule_details}, {@code nft-ipv4.c}).
 *
 * @param columns padded into columns; else as {@code iptables -v -A} says what it did
 * @param devices {@code -v}: with the devices
 * @param names the name of an address; only asked if not numeric
 */
record RuleLine(boolean columns, boolean numeric, boolean devices, IntFunction<String> names) {
    String text(RuleSpec rule) {
        var out = new StringBuilder(120);
        HeaderMatch header = rule.header();
        pad(out, rule.target().listedName(), 9);
        boolean inverted = header.protocol() != null && header.protocol().inverted();
        out.append(inverted ? '!' : ' ');
        pad(out, protocol(header.protocol()), 4);
        options(out, header);
        if (devices) {
            device(out, "in ", header.in());
            device(out, "out ", header.out());
        }
        address(out, header.source(), false);
        address(out, header.destination(), true);
        if (!columns) {
            out.append("  ");
        }
        if (rule.target() instanceof JumpTarget jump && jump.goTo()) {
            out.append("[goto] ");
        }
        for (Match match : rule.matches()) {
            match.list(out, numeric);
        }
        rule.target().list(out, numeric);
        return out.toString();
    }

    private String protocol(HeaderMatch.@Nullable Protocol protocol) {
        if (protocol == null) {
            return "all";
        }
        return numeric ? protocol.text() : IpProtocol.name(protocol.number());
    }

    private void options(StringBuilder out, HeaderMatch header) {
        if (!columns) {
            out.append("opt ");
        }
        HeaderMatch.Fragment fragment = header.fragment();
        out.append(fragment == null ? "--" : fragment.inverted() ? "!f" : "-f").append(' ');
    }

    private void device(StringBuilder out, String label, @Nullable Interface device) {
        String name = device == null ? numeric ? "*" : "any" : (device.inverted() ? "!" : "") + device.name();
        if (columns) {
            if (label.startsWith("in")) {
                out.append(' ');
            }
            pad(out, name, 6);
        } else {
            out.append(label).append(name).append(' ');
        }
    }

    private void address(StringBuilder out, @Nullable Address address, boolean destination) {
        if (!columns && destination) {
            out.append(" ->");
        }
        out.append(address != null && address.inverted() ? '!' : ' ');
        if (columns) {
            pad(out, name(address), 19);
        } else {
            out.append(name(address)).append(destination ? "" : " ");
        }
    }

    private String name(@Nullable Address address) {
        if (address == null) {
            return numeric ? "0.0.0.0/0" : "anywhere";
        }
        String text = address.text();
        int slash = text.indexOf('/');
        String mask = address.mask() == -1 ? "" : text.substring(slash);
        return (numeric ? Ipv4.text(address.address()) : names.apply(address.address())) + mask;
    }

    /** Appends the text, in columns at least {@code width} wide, and a blank. */
    private void pad(StringBuilder out, String text, int width) {
        out.append(text).append(" ".repeat(columns ? Math.max(0, width - text.length()) : 0)).append(' ');
    }
}
