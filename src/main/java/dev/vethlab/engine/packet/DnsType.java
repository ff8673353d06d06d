package dev.vethlab.engine.packet;

import java.util.OptionalInt;

/** Record types (IANA) and the names that zone files have for them. */
public final class DnsType {
    public static final int A = 1;
    public static final int NS = 2;
    public static final int CNAME = 5;
    public static final int SOA = 6;
    public static final int PTR = 12;
    public static final int MX = 15;
    public static final int TXT = 16;
    public static final int AAAA = 28;
    public static final int SRV = 33;
    public static final int OPT = 41;
    public static final int ANY = 255;

    private static final int[] NUMBERS = {A, NS, CNAME, SOA, PTR, MX, TXT, AAAA, SRV, OPT, ANY, 257, 65, 64, 43, 48, 46, 47, 13};
    private static final String[] NAMES = {
        "A", "NS", "CNAME", "SOA", "PTR", "MX", "TXT", "AAAA", "SRV", "OPT", "ANY", "CAA", "HTTPS", "SVCB", "DS", "DNSKEY", "RRSIG", "NSEC",
        "HINFO"
    };

    private DnsType() {}

    /** {@code A} or {@code TYPE1234}. */
    public static String name(int number) {
        for (int i = 0; i < NUMBERS.length; i++) {
            if (NUMBERS[i] == number) {
                return NAMES[i];
            }
        }
        return "TYPE" + number;
    }

    /** The number of a name in any case. */
    public static OptionalInt number(String name) {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].equalsIgnoreCase(name)) {
                return OptionalInt.of(NUMBERS[i]);
            }
        }
        if (name.matches("(?i)TYPE\\d{1,5}") && Integer.parseInt(name.substring(4)) <= 0xFFFF) {
            return OptionalInt.of(Integer.parseInt(name.substring(4)));
        }
        return OptionalInt.empty();
    }
}
