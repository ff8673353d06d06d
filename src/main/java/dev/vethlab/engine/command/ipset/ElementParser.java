package dev.vethlab.engine.command.ipset;

import dev.vethlab.engine.kernel.netfilter.set.IcmpTypeNames;
import dev.vethlab.engine.kernel.netfilter.set.SetElement;
import dev.vethlab.engine.kernel.netfilter.set.SetType;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads elements: {@code 10.0.0.0/24,tcp:80}; a range or a network in a set of addresses is several ({@code lib/parse.c}). */
final class ElementParser {
    private static final int MAX_ELEMENTS = 65_536;
    private static final String[] ORDINALS = {"First", "Second", "Third"};

    private final SetType type;
    private final Function<String, List<Integer>> resolver;

    /** {@code resolver} gives a host name's addresses. */
    ElementParser(SetType type, Function<String, List<Integer>> resolver) {
        this.type = type;
        this.resolver = resolver;
    }

    List<SetElement> parse(String text) throws IpsetException {
        if (type == SetType.LIST_SET) {
            return List.of(SetElement.ofSet(text));
        }
        int count = type.parts().size();
        String[] words = text.split(",", count);
        boolean lastMayMiss = type == SetType.BITMAP_IP_MAC;
        if (words.length < count && !lastMayMiss) {
            throw IpsetException.syntax(ORDINALS[words.length] + " element is missing from " + text + ".");
        }
        List<SetElement> elements = List.of(SetElement.NONE);
        boolean first = true;
        for (int i = 0; i < words.length; i++) {
            var next = new ArrayList<SetElement>();
            SetType.Part part = type.parts().get(i);
            for (SetElement element : elements) {
                switch (part) {
                    case IP -> addresses(element, words[i], first, next);
                    case NET -> networks(element, words[i], first, next);
                    case PORT -> ports(element, words[i], next);
                    case IFACE -> {
                        boolean physical = words[i].startsWith("physdev:");
                        next.add(element.withDevice(physical ? words[i].substring(8) : words[i], physical));
                    }
                    case MAC -> next.add(element.withMac(mac(words[i])));
                    case SET -> throw new IllegalStateException("a list's members are names");
                }
            }
            first &= part != SetType.Part.IP && part != SetType.Part.NET;
            elements = next;
        }
        return elements;
    }

    private static void put(List<SetElement> out, SetElement element) throws IpsetException {
        if (out.size() >= MAX_ELEMENTS) {
            throw IpsetException.other("The range you specified exceeds the size limit of the set type");
        }
        out.add(element);
    }

    private static SetElement with(SetElement element, boolean first, int address, int length) {
        return first ? element.withAddress(address, length) : element.withSecondAddress(address, length);
    }

    private void addresses(SetElement element, String text, boolean first, List<SetElement> out) throws IpsetException {
        int[] range = range(text);
        for (long address = Integer.toUnsignedLong(range[0]); address <= Integer.toUnsignedLong(range[1]); address++) {
            put(out, with(element, first, (int) address, 32));
        }
    }

    /** A range of addresses as the networks that make it up ({@code ip_set_range_to_cidr}). */
    private void networks(SetElement element, String text, boolean first, List<SetElement> out) throws IpsetException {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            int length = (int) Words.number(text.substring(slash + 1), 0, 32);
            put(out, with(element, first, address(text.substring(0, slash)), length));
            return;
        }
        int[] range = range(text);
        long from = Integer.toUnsignedLong(range[0]);
        long to = Integer.toUnsignedLong(range[1]);
        while (from <= to) {
            int length = 32;
            while (length > 1 && (from & Integer.toUnsignedLong(~Ipv4.mask(length - 1))) == 0 && from + (1L << 33 - length) - 1 <= to) {
                length--;
            }
            put(out, with(element, first, (int) from, length));
            from += 1L << 32 - length;
        }
    }

    private int[] range(String text) throws IpsetException {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            int length = (int) Words.number(text.substring(slash + 1), 0, 32);
            if (length == 0) {
                throw IpsetException.other("The value of the CIDR parameter of the IP address is invalid");
            }
            int address = address(text.substring(0, slash)) & Ipv4.mask(length);
            return new int[] {address, address | ~Ipv4.mask(length)};
        }
        int dash = text.indexOf('-');
        OptionalInt low = dash < 0 ? OptionalInt.empty() : Ipv4.parse(text.substring(0, dash));
        if (low.isEmpty()) {
            int address = address(text);
            return new int[] {address, address};
        }
        int high = address(text.substring(dash + 1));
        return Integer.compareUnsigned(low.getAsInt(), high) <= 0 ? new int[] {low.getAsInt(), high} : new int[] {high, low.getAsInt()};
    }

    private int address(String text) throws IpsetException {
        OptionalInt address = Ipv4.parse(text);
        if (address.isPresent()) {
            return address.getAsInt();
        }
        boolean isName = !text.isEmpty() && text.indexOf(':') < 0 && !Character.isDigit(text.charAt(0));
        List<Integer> found = isName ? resolver.apply(text) : List.of();
        if (found.isEmpty()) {
            throw IpsetException.syntax("cannot parse " + text + ": resolving to IPv4 address failed");
        }
        return found.getFirst();
    }

    private void ports(SetElement element, String text, List<SetElement> out) throws IpsetException {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "tcp" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        int protocol = type == SetType.BITMAP_PORT ? 0 : protocol(name);
        if (protocol == IpProtocol.ICMP) {
            put(out, element.withPort(protocol, icmp(rest)));
            return;
        }
        if (protocol != 0 && protocol != IpProtocol.TCP && protocol != IpProtocol.UDP && protocol != IpProtocol.SCTP && protocol != 136) {
            Words.number(rest, 0, 0);
            put(out, element.withPort(protocol, 0));
            return;
        }
        int dash = rest.indexOf('-');
        boolean isName = SetElement.service(rest) >= 0 && Words.parse(rest) == null;
        int low = port(dash < 0 || isName ? rest : rest.substring(0, dash), name);
        int high = dash < 0 || isName ? low : port(rest.substring(dash + 1), name);
        for (int port = Math.min(low, high); port <= Math.max(low, high); port++) {
            put(out, element.withPort(protocol, port));
        }
    }

    private static int port(String text, String protocol) throws IpsetException {
        Long number = Words.parse(text);
        if (number != null) {
            return (int) Words.number(text, 0, 65535);
        }
        int port = SetElement.service(text);
        if (port < 0) {
            throw IpsetException.syntax("'" + text + "' is invalid as number\nSyntax error: '" + protocol
                    + "' is invalid as number\ncannot parse '" + text + "' as a " + protocol + " port");
        }
        return port;
    }

    private static int protocol(String text) throws IpsetException {
        Long number = Words.parse(text);
        if (number != null) {
            return (int) Words.number(text, 1, 255);
        }
        if (text.equals("vrrp")) {
            return 112;
        }
        OptionalInt known = IpProtocol.number(text);
        if (known.isEmpty()) {
            throw IpsetException.syntax("cannot parse '" + text + "' as a protocol");
        }
        return known.getAsInt();
    }

    private static int icmp(String text) throws IpsetException {
        int known = IcmpTypeNames.number(text);
        if (known >= 0) {
            return known;
        }
        int slash = text.indexOf('/');
        OptionalInt icmpType = Words.optional(Words.parse(slash < 0 ? text : text.substring(0, slash)), 0, 255);
        OptionalInt code = slash < 0 ? OptionalInt.empty() : Words.optional(Words.parse(text.substring(slash + 1)), 0, 255);
        if (icmpType.isEmpty() || code.isEmpty()) {
            throw IpsetException.syntax("Cannot parse " + text + " as an ICMP type/code.");
        }
        return icmpType.getAsInt() << 8 | code.getAsInt();
    }

    private static long mac(String text) throws IpsetException {
        OptionalLong mac = Mac.parse(text);
        if (mac.isEmpty()) {
            throw IpsetException.syntax("cannot parse '" + text + "' as ethernet address");
        }
        return mac.getAsLong();
    }
}
