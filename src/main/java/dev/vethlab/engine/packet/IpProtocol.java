package dev.vethlab.engine.packet;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Protocol numbers (IANA) and their names in {@code /etc/protocols}. */
public final class IpProtocol {
    public static final int ICMP = 1;
    public static final int IGMP = 2;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int SCTP = 132;

    private static final Map<String, Integer> NUMBERS = new TreeMap<>();

    static {
        String names = "ip 0 icmp 1 igmp 2 ipencap 4 tcp 6 egp 8 udp 17 dccp 33 ipv6 41 gre 47 esp 50 ah 51 ipv6-icmp 58 ospf 89 "
                + "vrrp 112 sctp 132 udplite 136";
        String[] words = names.split(" ");
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

    /** The name of a number, or the number itself in decimal. */
    public static String name(int number) {
        for (var entry : NUMBERS.entrySet()) {
            if (entry.getValue() == number) {
                return entry.getKey();
            }
        }
        return Integer.toString(number);
    }
}
