package dev.vethlab.engine.packet;

import org.jspecify.annotations.Nullable;

/**
 * The few ICMPv6 messages that an interface sends to announce itself, as frames with real bytes (RFC 8200, RFC 4861, RFC 3810). All of
 * them follow from its MAC address.
 */
public final class Ipv6Message {
    public static final int ETHER_TYPE = 0x86DD;

    private static final int HEADER_LENGTH = 40;
    private static final int ICMPV6 = 58;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int NEIGHBOUR_SOLICITATION = 135;
    private static final int LISTENER_REPORT = 143;
    private static final long LINK_LOCAL = 0xFE80_0000_0000_0000L;
    private static final long MULTICAST = 0xFF02_0000_0000_0000L;

    private final long mac;

    public Ipv6Message(long mac) {
        this.mac = mac;
    }

    /** The modified EUI-64 of the MAC address (RFC 4291, appendix A). */
    private long interfaceId() {
        long high = mac >>> 24 & 0xFFFFFF ^ 0x020000;
        return high << 40 | 0xFFFEL << 24 | mac & 0xFFFFFF;
    }

    /** {@code fe80::} and the interface's identifier, as RFC 5952 writes it. */
    public String linkLocalAddress() {
        return text(LINK_LOCAL, interfaceId());
    }

    /** The lower half of the group {@code ff02::1:ffXX:XXXX} in which an address is asked for. */
    private long solicitedNode() {
        return 0x1_FF00_0000L | mac & 0xFFFFFF;
    }

    /** The MAC address of that group. */
    public long solicitedNodeMac() {
        return groupMac(solicitedNode());
    }

    private static long groupMac(long group) {
        return 0x3333_0000_0000L | group & 0xFFFF_FFFFL;
    }

    /** “I listen to the group of my address” (MLDv2); {@code early}: it has no good source address yet. */
    public EthernetFrame listenerReport(boolean early) {
        byte[] icmp = new byte[28];
        icmp[0] = (byte) LISTENER_REPORT;
        icmp[7] = 1;
        icmp[8] = 4;
        put64(icmp, 12, MULTICAST);
        put64(icmp, 20, solicitedNode());
        byte[] routerAlert = {ICMPV6, 0, 5, 2, 0, 0, 1, 0};
        return frame(early, 0x16, 1, routerAlert, icmp);
    }

    /** The group that a frame reports somebody to listen to (MLDv2, one record); null if it is no such report. */
    public static @Nullable String reportedGroup(EthernetFrame frame) {
        int at = HEADER_LENGTH + 8;
        if (!(frame.payload() instanceof OpaquePayload(int etherType, Bytes bytes)) || etherType != ETHER_TYPE
                || bytes.length() < at + 28 || bytes.get(6) != 0 || bytes.get(at) != LISTENER_REPORT) {
            return null;
        }
        return text(get64(bytes, at + 12), get64(bytes, at + 20));
    }

    private static long get64(Bytes bytes, int at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | bytes.get(at + i);
        }
        return value;
    }

    /** “Does anybody have this address?” (RFC 4862 §5.4.2), with a nonce to know the question again (RFC 7527). */
    public EthernetFrame duplicateAddressSolicitation(long nonce) {
        byte[] icmp = new byte[32];
        icmp[0] = (byte) NEIGHBOUR_SOLICITATION;
        put64(icmp, 8, LINK_LOCAL);
        put64(icmp, 16, interfaceId());
        icmp[24] = 14;
        icmp[25] = 1;
        putMac(icmp, 26, nonce);
        return frame(true, solicitedNode(), 255, new byte[0], icmp);
    }

    /** “Is there a router?” */
    public EthernetFrame routerSolicitation() {
        byte[] icmp = new byte[16];
        icmp[0] = (byte) ROUTER_SOLICITATION;
        icmp[8] = 1;
        icmp[9] = 1;
        putMac(icmp, 10, mac);
        return frame(false, 2, 255, new byte[0], icmp);
    }

    private EthernetFrame frame(boolean unspecifiedSource, long group, int hopLimit, byte[] extension, byte[] icmp) {
        byte[] out = new byte[HEADER_LENGTH + extension.length + icmp.length];
        out[0] = 0x60;
        out[5] = (byte) (extension.length + icmp.length);
        out[6] = (byte) (extension.length == 0 ? ICMPV6 : 0);
        out[7] = (byte) hopLimit;
        if (!unspecifiedSource) {
            put64(out, 8, LINK_LOCAL);
            put64(out, 16, interfaceId());
        }
        put64(out, 24, MULTICAST);
        put64(out, 32, group);
        System.arraycopy(extension, 0, out, HEADER_LENGTH, extension.length);
        int at = HEADER_LENGTH + extension.length;
        System.arraycopy(icmp, 0, out, at, icmp.length);
        int sum = icmp.length + ICMPV6;
        for (int i = 8; i < HEADER_LENGTH; i += 2) {
            sum += (out[i] & 0xFF) << 8 | out[i + 1] & 0xFF;
        }
        int checksum = WireFormat.checksum(out, at, icmp.length, sum);
        out[at + 2] = (byte) (checksum >>> 8);
        out[at + 3] = (byte) checksum;
        return new EthernetFrame(groupMac(group), mac, new OpaquePayload(ETHER_TYPE, Bytes.of(out)));
    }

    private static void put64(byte[] out, int at, long value) {
        for (int i = 0; i < 8; i++) {
            out[at + i] = (byte) (value >>> 56 - 8 * i);
        }
    }

    private static void putMac(byte[] out, int at, long value) {
        for (int i = 0; i < 6; i++) {
            out[at + i] = (byte) (value >>> 40 - 8 * i);
        }
    }

    /** An address in lower case, without leading zeros, its longest run of two or more zero groups as {@code ::} (RFC 5952 §4). */
    public static String text(long high, long low) {
        int[] groups = new int[8];
        for (int i = 0; i < 4; i++) {
            groups[i] = (int) (high >>> 48 - 16 * i) & 0xFFFF;
            groups[4 + i] = (int) (low >>> 48 - 16 * i) & 0xFFFF;
        }
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                best = i;
                bestLength = end - i;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
