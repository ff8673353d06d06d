package dev.vethlab.engine.command.net.tcpdump.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.packet.ArpPacket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.packet.Payload;
import dev.vethlab.engine.packet.TcpOptions;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.Transport;
import dev.vethlab.engine.packet.UdpDatagram;
import dev.vethlab.engine.packet.WireFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of a few packets a filter keeps, and what libpcap says to those that are none. */
class FilterTest {
    private static final long HERE = 0x525400000110L;
    private static final long THERE = 0x525400000120L;

    private static final FilterNames NAMES = new FilterNames() {
        @Override
        public List<Integer> addresses(String host) {
            return host.equals("client") ? List.of(Ipv4.address("192.168.1.20")) : List.of();
        }

        @Override
        public OptionalInt port(String service, String protocol) {
            return switch (service + "/" + protocol) {
                case "http/tcp" -> OptionalInt.of(80);
                case "domain/tcp", "domain/udp" -> OptionalInt.of(53);
                case "bootps/udp" -> OptionalInt.of(67);
                default -> OptionalInt.empty();
            };
        }
    };

    /**
     * arp: who has .20; ping: .10 to .20; syn: .10 to 198.51.100.80 port 80; ack: the answer; dns: .10 to .1 port 53; frag: a later part.
     */
    private static final Map<String, PacketView> PACKETS = packets();

    private static Map<String, PacketView> packets() {
        var packets = new LinkedHashMap<String, PacketView>();
        int host = Ipv4.address("192.168.1.10");
        int client = Ipv4.address("192.168.1.20");
        packets.put("arp", view(Mac.BROADCAST, new ArpPacket(ArpPacket.REQUEST, HERE, host, 0, client), true));
        packets.put("ping", view(THERE, ip("192.168.1.10", "192.168.1.20",
                IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, 7, 1, Bytes.of(new byte[56]))), true));
        packets.put("syn", view(THERE, ip("192.168.1.10", "198.51.100.80",
                new TcpSegment(40000, 80, 1, 0, TcpSegment.SYN, 64240, TcpOptions.EMPTY, Bytes.EMPTY)), true));
        packets.put("ack", view(HERE, ip("198.51.100.80", "192.168.1.10",
                new TcpSegment(80, 40000, 5, 2, TcpSegment.SYN | TcpSegment.ACK, 65160, TcpOptions.EMPTY, Bytes.EMPTY)), false));
        packets.put("dns", view(THERE, ip("192.168.1.10", "192.168.1.1", new UdpDatagram(40001, 53, Bytes.of("query"))), true));
        Ipv4Packet whole = ip("192.168.1.10", "192.168.1.1", new UdpDatagram(53, 53, Bytes.of("later")));
        packets.put("frag", view(THERE, new Ipv4Packet(whole.source(), whole.destination(), 17, 64, 0, 1, false, false, 1480,
                whole.transport()), true));
        return packets;
    }

    private static Ipv4Packet ip(String source, String destination, Transport transport) {
        return Ipv4Packet.of(Ipv4.address(source), Ipv4.address(destination), 1, true, transport);
    }

    private static PacketView view(long destination, Payload payload, boolean outgoing) {
        Bytes bytes = Bytes.of(WireFormat.encode(new EthernetFrame(destination, outgoing ? HERE : THERE, payload)));
        return new PacketView(LinkType.ETHERNET, bytes, bytes.length(), outgoing);
    }

    private static String kept(String expression) throws FilterException {
        Condition filter = FilterParser.parse(expression, LinkType.ETHERNET, true, NAMES);
        return PACKETS.entrySet().stream().filter(e ->
                filter.matches(e.getValue())).map(Map.Entry::getKey).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '⇒', textBlock = """
            ''                                             ⇒ arp ping syn ack dns frag
            arp                                            ⇒ arp
            ip                                             ⇒ ping syn ack dns frag
            icmp                                           ⇒ ping
            tcp                                            ⇒ syn ack
            udp                                            ⇒ dns frag
            not arp                                        ⇒ ping syn ack dns frag
            arp or icmp                                    ⇒ arp ping
            tcp port 80                                    ⇒ syn ack
            tcp dst port 80                                ⇒ syn
            port 80 or 53                                  ⇒ syn ack dns
            port http or domain                            ⇒ syn ack dns
            portrange 50-80                                ⇒ syn ack dns
            src portrange 80-90                            ⇒ ack
            host 192.168.1.20                              ⇒ arp ping
            host client                                    ⇒ arp ping
            ip host client                                 ⇒ ping
            arp host client                                ⇒ arp
            src host 192.168.1.10                          ⇒ arp ping syn dns frag
            dst 192.168.1.10                               ⇒ ack
            src or dst host 198.51.100.80                  ⇒ syn ack
            src and dst net 192.168.1.0/24                 ⇒ arp ping dns frag
            net 198.51.100                                 ⇒ syn ack
            net 198.51.100.0 mask 255.255.255.0            ⇒ syn ack
            dst net 10.0.0.0/8                             ⇒
            host 192.168.1.20 or 198.51.100.80 and tcp     ⇒ syn ack
            host (192.168.1.20 or 198.51.100.80)           ⇒ arp ping syn ack
            tcp and not port 22                            ⇒ syn ack
            !(tcp or udp)                                  ⇒ arp ping
            ether host 52:54:00:00:01:20                   ⇒ ping syn ack dns frag
            ether src 52:54:00:00:01:20                    ⇒ ack
            ether broadcast                                ⇒ arp
            broadcast                                      ⇒ arp
            ether proto 0x0806                             ⇒ arp
            ether proto \\arp                              ⇒ arp
            ip proto 1                                     ⇒ ping
            proto \\udp                                    ⇒ dns frag
            less 42                                        ⇒ arp
            greater 60                                     ⇒ ping
            len > 60                                       ⇒ ping
            tcp[tcpflags] & tcp-syn != 0                   ⇒ syn ack
            tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn   ⇒ syn
            tcp[13] = 2                                    ⇒ syn
            icmp[icmptype] == icmp-echo                    ⇒ ping
            ip[6:2] & 0x1fff != 0                          ⇒ frag
            udp[0:2] = 53                                  ⇒
            ip[2:2] >= 84                                  ⇒ ping
            ether[0] & 1 = 1                               ⇒ arp
            tcp[100] = 0                                   ⇒
            not tcp[100] = 0                               ⇒ arp ping dns frag
            inbound                                        ⇒ ack
            outbound and tcp                               ⇒ syn
            """)
    void keeps(String expression, String expected) throws FilterException {
        assertThat(kept(expression.replace("\\\\", "\\"))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            foo                   | can't parse filter expression: syntax error
            tcp prt 80            | can't parse filter expression: syntax error
            host 1.2.3.4 and      | can't parse filter expression: syntax error
            (tcp                  | can't parse filter expression: syntax error
            tcp[                  | can't parse filter expression: syntax error
            tcp 80                | can't parse filter expression: syntax error
            1.2.3.4               | can't parse filter expression: syntax error
            proto tcp             | can't parse filter expression: syntax error
            tcp and udp           | expression rejects all packets
            icmp and port 80      | expression rejects all packets
            arp and tcp           | expression rejects all packets
            port nosuch           | unknown port 'nosuch'
            port 80 and foo       | unknown port 'foo'
            port 70000            | port number 70000 greater than maximum 65535
            portrange 5-x         | 'x' is not a valid port
            udp port http         | port 'http' is tcp
            tcp port bootps       | port 'bootps' is udp
            arp port 3            | 'arp' is not a valid qualifier for 'port'
            host nosuch.test      | unknown host 'nosuch.test'
            host 256.1.1.1        | invalid IPv4 address '256.1.1.1'
            udp host 1.2.3.4      | 'udp' is not a valid qualifier for 'host <IPv4 address>'
            tcp host client       | 'tcp' is not a valid qualifier for 'host <Internet hostname>'
            ether host zz         | unknown Ethernet-like host 'zz'
            net 10.0.0.1/8        | non-network bits set in "10.0.0.1/8"
            net 192.168.1.0/33    | netmask length 33 greater than maximum 32
            src host 10.0.0.0/8   | 'host' is not a valid qualifier for '10.0.0.0/8'
            udp net 10.0.0.0/8    | 'udp' is not a valid qualifier for 'net <IPv4 prefix>'
            net foo               | unknown network 'foo'
            ether proto foo       | unknown 'link proto' value 'foo'
            ip proto foo          | unknown 'ip proto' value 'foo'
            proto 300             | protocol number 300 greater than maximum 255
            tcp[13:3]=1           | data size must be 1, 2, or 4
            tcp broadcast         | 'tcp' is not a valid qualifier for 'broadcast'
            """)
    void refuses(String expression, String message) {
        assertThatThrownBy(() -> kept(expression)).isInstanceOf(FilterException.class).hasMessage(message);
    }

    @Test
    void whatIsNotEmulatedSaysSo() {
        for (String expression : List.of("vlan 5", "gateway 1.2.3.4", "host ::1", "ip broadcast")) {
            assertThatThrownBy(() -> kept(expression))
                    .isInstanceOfSatisfying(FilterException.class, e -> assertThat(e.isUnsupported()).isTrue());
        }
    }
}
