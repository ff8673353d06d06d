package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.TcpSegment;
import java.util.ArrayList;
import java.util.List;

/** {@code print-tcp.c}: sequence numbers count from a conversation's first, unless {@code -S}. */
final class TcpPrinter {
    private static final String FLAG_LETTERS = "FSRP.UEW";
    private static final List<Integer> HTTP_PORTS = List.of(80, 8080, 3128);
    private static final int RESP_PORT = 6379;
    private static final int DOMAIN_PORT = 53;

    private TcpPrinter() {}

    static void print(Printing out, Octets ip, Octets tcp, int length, boolean complete) {
        String source = out.names().address(ip.s32(12));
        String destination = out.names().address(ip.s32(16));
        try {
            int sourcePort = tcp.u16(0);
            int destinationPort = tcp.u16(2);
            out.print(source + "." + out.names().tcpPort(sourcePort) + " > " + destination + "." + out.names().tcpPort(destinationPort)
                    + ": ");
            int headerLength = (tcp.u8(12) >>> 4) * 4;
            if (headerLength < TcpSegment.HEADER_LENGTH) {
                out.print(" tcp " + (length - headerLength) + " [bad hdr length " + headerLength + " - too short, < 20]");
                return;
            }
            int dataLength = length - headerLength;
            if (out.options().quiet()) {
                out.print("tcp " + dataLength);
                return;
            }
            segment(out, ip, tcp, length, headerLength, complete);
        } catch (Octets.Truncated e) {
            out.print(" [|tcp]");
        }
    }

    private static void segment(Printing out, Octets ip, Octets tcp, int length, int headerLength, boolean complete) {
        int flags = tcp.u8(13);
        int sequence = tcp.s32(4);
        int acknowledgement = tcp.s32(8);
        int dataLength = length - headerLength;
        boolean hasAck = (flags & TcpSegment.ACK) != 0;
        int acknowledgementBase = 0;
        if (hasAck && !out.options().absolute()) {
            var ends = new TcpConversations.Ends(ip.s32(12), tcp.u16(0), ip.s32(16), tcp.u16(2));
            TcpConversations.Bases bases = out.conversations().see(ends, sequence, acknowledgement);
            if (bases != null) {
                sequence -= bases.sequence();
                acknowledgementBase = bases.acknowledgement();
                acknowledgement -= acknowledgementBase;
            }
        }
        out.print("Flags [" + flagLetters(flags) + "]");
        if (out.options().verbosity() > 0 && out.options().verifies() && complete && tcp.length() >= length) {
            int sum = Checksum.ofTransport(ip, tcp, length, IpProtocol.TCP);
            int found = tcp.u16(16);
            out.print(String.format(", cksum 0x%04x", found)
                    + (sum == 0 ? " (correct)" : String.format(" (incorrect -> 0x%04x)", Checksum.expected(found, sum))));
        }
        boolean showsSequence = dataLength > 0 || (flags & (TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST)) != 0;
        if (out.options().verbosity() > 1 || showsSequence) {
            out.print(", seq " + Integer.toUnsignedString(sequence));
            if (dataLength > 0) {
                out.print(":" + Integer.toUnsignedString(sequence + dataLength));
            }
        }
        if (hasAck) {
            out.print(", ack " + Integer.toUnsignedString(acknowledgement));
        }
        out.print(", win " + tcp.u16(14));
        if ((flags & TcpSegment.URG) != 0) {
            out.print(", urg " + tcp.u16(18));
        }
        if (headerLength > TcpSegment.HEADER_LENGTH) {
            out.print(", options [" + options(tcp, headerLength, acknowledgementBase) + "]");
        }
        out.print(", length " + dataLength);
        if (dataLength > 0) {
            payload(out, tcp, flags, headerLength, dataLength);
        }
    }

    private static String flagLetters(int flags) {
        var letters = new StringBuilder();
        for (int i = 0; i < FLAG_LETTERS.length(); i++) {
            if ((flags >>> i & 1) != 0) {
                letters.append(FLAG_LETTERS.charAt(i));
            }
        }
        return letters.isEmpty() ? "none" : letters.toString();
    }

    private static String options(Octets tcp, int headerLength, int acknowledgementBase) {
        List<String> options = new ArrayList<>();
        int at = TcpSegment.HEADER_LENGTH;
        while (at < headerLength) {
            int kind = tcp.u8(at);
            if (kind <= 1) {
                options.add(kind == 0 ? "eol" : "nop");
                at++;
                if (kind == 0) {
                    break;
                }
                continue;
            }
            int size = tcp.u8(at + 1);
            options.add(switch (kind) {
                case 2 -> "mss " + tcp.u16(at + 2);
                case 3 -> "wscale " + tcp.u8(at + 2);
                case 4 -> "sackOK";
                case 5 -> sacks(tcp.from(at + 2).first(size - 2), acknowledgementBase);
                case 8 -> "TS val " + tcp.u32(at + 2) + " ecr " + tcp.u32(at + 6);
                default -> "unknown-" + kind;
            });
            if (size < 2) {
                break;
            }
            at += size;
        }
        return String.join(",", options);
    }

    private static String sacks(Octets blocks, int base) {
        var text = new StringBuilder("sack " + blocks.length() / 8 + " ");
        for (int at = 0; at + 8 <= blocks.length(); at += 8) {
            text.append('{').append(Integer.toUnsignedString(blocks.s32(at) - base)).append(':')
                    .append(Integer.toUnsignedString(blocks.s32(at + 4) - base)).append('}');
        }
        return text.toString();
    }

    private static void payload(Printing out, Octets tcp, int flags, int headerLength, int dataLength) {
        Octets data = tcp.from(headerLength).first(dataLength);
        int sourcePort = tcp.u16(0);
        int destinationPort = tcp.u16(2);
        if ((flags & TcpSegment.RST) != 0) {
            return;
        }
        if (HTTP_PORTS.contains(sourcePort) || HTTP_PORTS.contains(destinationPort)) {
            out.print(": ");
            HttpPrinter.print(out, data);
        } else if (sourcePort == RESP_PORT || destinationPort == RESP_PORT) {
            out.print(": ");
            RespPrinter.print(out, data);
        } else if ((sourcePort == DOMAIN_PORT || destinationPort == DOMAIN_PORT) && dataLength > 2) {
            // RFC 1035 §4.2.2: over TCP a message has its length before it
            DnsPrinter.print(out, data.from(2), data.u16(0));
        }
    }
}
