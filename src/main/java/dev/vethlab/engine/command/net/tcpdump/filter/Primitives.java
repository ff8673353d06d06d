package dev.vethlab.engine.command.net.tcpdump.filter;

import dev.vethlab.engine.command.net.tcpdump.filter.FilterLexer.Token;
import dev.vethlab.engine.command.net.tcpdump.filter.FilterLexer.Type;
import dev.vethlab.engine.command.net.tcpdump.filter.FilterParser.Qualifiers;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import java.util.List;
import java.util.OptionalInt;

/** What the single tests of a filter mean ({@code gencode.c} of libpcap). */
final class Primitives {
    private static final int ICMPV6 = 58;

    private final LinkType link;
    private final boolean live;
    private final FilterNames names;

    Primitives(LinkType link, boolean live, FilterNames names) {
        this.link = link;
        this.live = live;
        this.names = names;
    }

    static long number(String text) throws FilterException {
        try {
            long number = text.startsWith("0x") || text.startsWith("0X") ? Long.parseLong(text.substring(2), 16)
                    : Long.parseLong(text, text.length() > 1 && text.startsWith("0") ? 8 : 10);
            if (number <= 0xFFFF_FFFFL) {
                return number;
            }
        } catch (NumberFormatException e) {
            // too long, or an octal number with an 8 in it
        }
        throw FilterException.syntax();
    }

    // ---- protocols ----

    /** A protocol's name alone. */
    Condition protocol(String name) throws FilterException {
        return switch (name) {
            case "ip" -> new Condition.EtherType(Condition.IPV4);
            case "stp" -> new Condition.SpanningTree();
            case "arp" -> new Condition.EtherType(Condition.ARP);
            case "rarp" -> new Condition.EtherType(Condition.RARP);
            case "ip6" -> new Condition.EtherType(Condition.IPV6);
            case "icmp" -> new Condition.Protocol(IpProtocol.ICMP, true, false);
            case "igmp" -> new Condition.Protocol(2, true, false);
            case "icmp6" -> new Condition.Protocol(ICMPV6, false, true);
            case "tcp" -> new Condition.Protocol(IpProtocol.TCP, true, true);
            case "udp" -> new Condition.Protocol(IpProtocol.UDP, true, true);
            case "sctp" -> new Condition.Protocol(IpProtocol.SCTP, true, true);
            case "pim" -> new Condition.Protocol(103, true, true);
            case "vrrp" -> new Condition.Protocol(112, true, false);
            case "ah" -> new Condition.Protocol(51, true, true);
            case "esp" -> new Condition.Protocol(50, true, true);
            default -> throw FilterException.syntax();
        };
    }

    /** {@code proto[…]}. */
    Arithmetic load(String protocol, Arithmetic offset, int size) throws FilterException {
        return switch (protocol) {
            case "ether", "link" -> new Arithmetic.Load(Arithmetic.Base.LINK, Condition.ANYTHING, offset, size);
            case "ip", "arp", "rarp", "ip6" -> new Arithmetic.Load(Arithmetic.Base.NETWORK, protocol(protocol), offset, size);
            case "icmp6" -> throw FilterException.unsupported("icmp6[]");
            default -> {
                Condition transport = new Condition.And(new Condition.EtherType(Condition.IPV4), protocol(protocol));
                yield new Arithmetic.Load(Arithmetic.Base.TRANSPORT, transport, offset, size);
            }
        };
    }

    Condition group(String protocol, boolean broadcast) throws FilterException {
        boolean ether = protocol.isEmpty() || protocol.equals("ether") || protocol.equals("link");
        if (ether && link == LinkType.ETHERNET) {
            return broadcast ? new Condition.EtherAddress(Condition.Direction.DESTINATION, Mac.BROADCAST) : new Condition.EtherMulticast();
        }
        if (!broadcast && protocol.equals("ip")) {
            return new Condition.IpMulticast();
        }
        String what = broadcast ? "broadcast" : "multicast";
        if (protocol.equals("ip")) {
            throw FilterException.unsupported("ip broadcast");
        }
        throw new FilterException(ether ? "'" + what + "' not supported on DLT_" + link.title()
                : "'" + protocol + "' is not a valid qualifier for '" + what + "'");
    }

    /** {@code inbound} and {@code outbound}: a file of Ethernet frames does not tell. */
    Condition outbound(String word) throws FilterException {
        if (link == LinkType.ETHERNET && !live) {
            throw new FilterException("not a live capture, '" + word + "' not supported on DLT_" + link.title());
        }
        return new Condition.Outbound(word.equals("outbound"));
    }

    // ---- names and numbers ----

    Condition identifier(Qualifiers q, Token token) throws FilterException {
        return switch (q.type()) {
            case "port" -> port(q, token.text(), token.text());
            case "portrange" -> portRange(q, token);
            case "proto" -> protocolNumber(q, token);
            case "net" -> net(q, token);
            default -> host(q, token);
        };
    }

    private Condition host(Qualifiers q, Token token) throws FilterException {
        boolean ether = q.protocol().equals("ether") || q.protocol().equals("link");
        return switch (token.type()) {
            case MAC -> {
                if (!ether) {
                    throw new FilterException("ethernet address used in non-ether expression");
                }
                if (link != LinkType.ETHERNET) {
                    throw new FilterException("'link host XX:XX:XX:XX:XX:XX' not supported on DLT_" + link.title());
                }
                yield new Condition.EtherAddress(q.direction(), Mac.parse(token.text().replace('-', ':').replace('.', ':')).orElseThrow());
            }
            case NUMBER, DOTTED -> address(q, token.text(), "host <IPv4 address>");
            case IPV6 -> throw FilterException.unsupported(token.text());
            case NAME, SYMBOL -> {
                if (ether) {
                    throw new FilterException("unknown Ethernet-like host '" + token.text() + "'");
                }
                List<Integer> addresses = names.addresses(token.text());
                if (addresses.isEmpty()) {
                    throw new FilterException("unknown host '" + token.text() + "'");
                }
                Condition any = null;
                for (int address : addresses) {
                    Condition one = network(q, address, -1, "host <Internet hostname>");
                    any = any == null ? one : new Condition.Or(any, one);
                }
                yield java.util.Objects.requireNonNull(any);
            }
        };
    }

    private Condition net(Qualifiers q, Token token) throws FilterException {
        if (token.type() == Type.IPV6) {
            throw FilterException.unsupported(token.text());
        }
        if (token.type() == Type.NAME || token.type() == Type.MAC) {
            throw new FilterException("unknown network '" + token.text() + "'");
        }
        return address(q, token.text(), "net <IPv4 address>");
    }

    /** An address or its first parts: what is not there does not count. */
    private Condition address(Qualifiers q, String text, String what) throws FilterException {
        String[] parts = text.split("\\.");
        int mask = Ipv4.mask(8 * parts.length);
        return network(q, parse(text), parts.length == 1 && !q.type().equals("net") ? -1 : mask, what);
    }

    private static int parse(String text) throws FilterException {
        String[] parts = text.split("\\.");
        if (parts.length == 1 && number(text) > 255) {
            return (int) number(text);
        }
        int address = 0;
        for (int i = 0; i < 4; i++) {
            long part = i < parts.length ? number(parts[i].length() > 1 ? parts[i].replaceFirst("^0+(?=.)", "") : parts[i]) : 0;
            if (part > 255) {
                throw new FilterException("invalid IPv4 address '" + text + "'");
            }
            address = address << 8 | (int) part;
        }
        return address;
    }

    /** {@code net 10.0.0.0/8}. */
    Condition prefix(Qualifiers q, String text, String length) throws FilterException {
        long bits = number(length);
        if (bits > 32) {
            throw new FilterException("netmask length " + length + " greater than maximum 32");
        }
        int mask = Ipv4.mask((int) bits);
        int address = parse(text);
        if ((address & ~mask) != 0) {
            throw new FilterException("non-network bits set in \"" + text + "/" + length + "\"");
        }
        requireNet(q, text + "/" + length);
        return network(q, address, mask, "net <IPv4 prefix>");
    }

    /** {@code net 10.0.0.0 mask 255.0.0.0}. */
    Condition masked(Qualifiers q, String text, String maskText) throws FilterException {
        int mask = parse(maskText);
        int address = parse(text);
        if ((address & ~mask) != 0) {
            throw new FilterException("non-network bits set in \"" + text + " mask " + maskText + "\"");
        }
        requireNet(q, text + " mask " + maskText);
        return network(q, address, mask, "net <IPv4 prefix>");
    }

    private static void requireNet(Qualifiers q, String written) throws FilterException {
        if (!q.type().equals("net")) {
            String type = q.type().isEmpty() ? "<invalid type 0>" : q.type();
            throw new FilterException("'" + type + "' is not a valid qualifier for '" + written + "'");
        }
    }

    private static Condition network(Qualifiers q, int address, int mask, String what) throws FilterException {
        List<Integer> types = switch (q.protocol()) {
            case "" -> List.of(Condition.IPV4, Condition.ARP, Condition.RARP);
            case "ip" -> List.of(Condition.IPV4);
            case "arp" -> List.of(Condition.ARP);
            case "rarp" -> List.of(Condition.RARP);
            default -> throw new FilterException("'" + q.protocol() + "' is not a valid qualifier for '" + what + "'");
        };
        return new Condition.Network(q.direction(), address & mask, mask, types);
    }

    // ---- ports ----

    private Condition port(Qualifiers q, String low, String high) throws FilterException {
        List<Integer> protocols = switch (q.protocol()) {
            case "" -> List.of(IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP);
            case "tcp" -> List.of(IpProtocol.TCP);
            case "udp" -> List.of(IpProtocol.UDP);
            case "sctp" -> List.of(IpProtocol.SCTP);
            default -> throw new FilterException("'" + q.protocol() + "' is not a valid qualifier for '" + q.type() + "'");
        };
        int one = portNumber(low, q.type(), protocols);
        int other = portNumber(high, q.type(), protocols);
        return new Condition.Ports(q.direction(), Math.min(one, other), Math.max(one, other), protocols);
    }

    private Condition portRange(Qualifiers q, Token token) throws FilterException {
        int dash = token.text().indexOf('-');
        return dash < 0 ? port(q, token.text(), token.text()) : port(q, token.text().substring(0, dash), token.text().substring(dash + 1));
    }

    private int portNumber(String text, String type, List<Integer> protocols) throws FilterException {
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long port = number(text.replaceFirst("^0+(?=.)", ""));
            if (port > 65535) {
                throw new FilterException("port number " + text + " greater than maximum 65535");
            }
            return (int) port;
        }
        OptionalInt tcp = protocols.contains(IpProtocol.TCP) ? names.port(text, "tcp") : OptionalInt.empty();
        OptionalInt udp = protocols.contains(IpProtocol.UDP) ? names.port(text, "udp") : OptionalInt.empty();
        if (tcp.isPresent() || udp.isPresent()) {
            return tcp.isPresent() ? tcp.getAsInt() : udp.getAsInt();
        }
        for (String other : List.of("tcp", "udp")) {
            if (names.port(text, other).isPresent()) {
                throw new FilterException("port '" + text + "' is " + other);
            }
        }
        throw new FilterException(type.equals("port") ? "unknown port '" + text + "'" : "'" + text + "' is not a valid port");
    }

    // ---- proto ----

    private static Condition protocolNumber(Qualifiers q, Token token) throws FilterException {
        if (FilterParser.PROTOCOLS.contains(token.text()) && !token.escaped()) {
            throw FilterException.syntax();
        }
        String text = token.text();
        boolean ether = q.protocol().equals("ether") || q.protocol().equals("link");
        if (ether) {
            int type = switch (text) {
                case "ip" -> Condition.IPV4;
                case "arp" -> Condition.ARP;
                case "rarp" -> Condition.RARP;
                case "ip6" -> Condition.IPV6;
                default -> token.type() == Type.NUMBER ? (int) number(text) : -1;
            };
            if (type < 0) {
                throw new FilterException("unknown 'link proto' value '" + text + "'");
            }
            return new Condition.EtherType(type);
        }
        OptionalInt named = IpProtocol.number(text);
        if (token.type() != Type.NUMBER && named.isEmpty()) {
            throw new FilterException("unknown '" + (q.protocol() + " proto").trim() + "' value '" + text + "'");
        }
        int protocol = token.type() == Type.NUMBER ? (int) number(text) : named.getAsInt();
        if (protocol < 0 || protocol > 255) {
            throw new FilterException("protocol number " + text + " greater than maximum 255");
        }
        return switch (q.protocol()) {
            case "" -> new Condition.Protocol(protocol, true, true);
            case "ip" -> new Condition.Protocol(protocol, true, false);
            case "ip6" -> new Condition.Protocol(protocol, false, true);
            default -> throw new FilterException("'" + q.protocol() + "' is not a valid qualifier for 'proto'");
        };
    }
}
