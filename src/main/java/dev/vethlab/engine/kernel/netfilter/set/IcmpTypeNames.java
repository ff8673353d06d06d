package dev.vethlab.engine.kernel.netfilter.set;

import java.util.Map;
import java.util.TreeMap;

/** Names of ICMP types and codes as {@code ipset} knows them ({@code lib/icmp.c}); type &lt;&lt; 8 | code. */
public final class IcmpTypeNames {
    private static final Map<String, Integer> NUMBERS = new TreeMap<>();
    private static final Map<Integer, String> NAMES = new TreeMap<>();

    static {
        String all = "echo-reply 0 0 pong 0 0 network-unreachable 3 0 host-unreachable 3 1 protocol-unreachable 3 2 port-unreachable 3 3 "
                + "fragmentation-needed 3 4 source-route-failed 3 5 network-unknown 3 6 host-unknown 3 7 network-prohibited 3 9 "
                + "host-prohibited 3 10 TOS-network-unreachable 3 11 TOS-host-unreachable 3 12 communication-prohibited 3 13 "
                + "host-precedence-violation 3 14 precedence-cutoff 3 15 source-quench 4 0 network-redirect 5 0 host-redirect 5 1 "
                + "TOS-network-redirect 5 2 TOS-host-redirect 5 3 echo-request 8 0 ping 8 0 router-advertisement 9 0 "
                + "router-solicitation 10 0 ttl-zero-during-transit 11 0 ttl-zero-during-reassembly 11 1 ip-header-bad 12 0 "
                + "required-option-missing 12 1 timestamp-request 13 0 timestamp-reply 14 0 address-mask-request 17 0 "
                + "address-mask-reply 18 0";
        String[] words = all.split(" ");
        for (int i = 0; i < words.length; i += 3) {
            int value = Integer.parseInt(words[i + 1]) << 8 | Integer.parseInt(words[i + 2]);
            NUMBERS.put(words[i], value);
            NAMES.putIfAbsent(value, words[i]);
        }
    }

    private IcmpTypeNames() {}

    static String name(int value) {
        String name = NAMES.get(value);
        return name != null ? name : (value >> 8) + "/" + (value & 0xFF);
    }

    /** The number of a name; -1 if it is none. */
    public static int number(String name) {
        return NUMBERS.getOrDefault(name, -1);
    }
}
