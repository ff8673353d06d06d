package dev.vethlab.engine.packet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Protocol numbers (IANA) and their names in {@code /etc/protocols}. */
public final class IpProtocol {
    public static final int ICMP = 1;
    public static final int IGMP = 2;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ESP = 50;
    public static final int AH = 51;
    public static final int SCTP = 132;

    private static final Map<String, Integer> NUMBERS = new LinkedHashMap<>();

    static {
        String names = """
                ip 0 hopopt 0 icmp 1 igmp 2 ggp 3 ipencap 4 st 5 tcp 6 egp 8 igp 9 pup 12 udp 17 hmp 20 xns-idp 22 rdp 27 iso-tp4 29
                dccp 33 xtp 36 ddp 37 idpr-cmtp 38 ipv6 41 ipv6-route 43 ipv6-frag 44 idrp 45 rsvp 46 gre 47 esp 50 ah 51 skip 57
                ipv6-icmp 58 ipv6-nonxt 59 ipv6-opts 60 rspf 73 vmtp 81 eigrp 88 ospf 89 ax.25 93 ipip 94 etherip 97 encap 98 pim 103
                ipcomp 108 vrrp 112 l2tp 115 isis 124 sctp 132 fc 133 mobility-header 135 udplite 136 mpls-in-ip 137 manet 138 hip 139
                shim6 140 wesp 141 rohc 142 ethernet 143 mptcp 262""";
        String[] words = names.split("\\s+");
        for (int i = 0; i < words.length; i += 2) {
            NUMBERS.put(words[i], Integer.parseInt(words[i + 1]));
        }
    }

    private IpProtocol() {}

    /** The number of a name like {@code tcp}. */
    public static OptionalInt number(String name) {
        Integer number = NUMBERS.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The first name of a number, or the number itself in decimal. */
    public static String name(int number) {
        for (var entry : NUMBERS.entrySet()) {
            if (entry.getValue() == number) {
                return entry.getKey();
            }
        }
        return Integer.toString(number);
    }
}
