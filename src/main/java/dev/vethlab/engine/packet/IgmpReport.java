package dev.vethlab.engine.packet;

import java.util.ArrayList;
import java.util.List;

/** A membership report of IGMPv3: which groups an interface has begun or ceased to listen to (RFC 3376 §4.2). */
public final class IgmpReport {
    /** 224.0.0.22, where routers and switches that care listen for reports. */
    public static final int DESTINATION = 0xE0000016;

    private static final int MEMBERSHIP_REPORT = 0x22;
    private static final int HEADER_LENGTH = 8;
    private static final int RECORD_LENGTH = 8;

    /** What is said of a group. */
    public enum Change {
        /** From now on from no source: it was left ({@code IGMPV3_CHANGE_TO_INCLUDE}). */
        LEFT(3),
        /** From now on from all sources: it was joined ({@code IGMPV3_CHANGE_TO_EXCLUDE}). */
        JOINED(4);

        private final int type;

        Change(int type) {
            this.type = type;
        }
    }

    /** A group and what is said of it. */
    public record Group(int address, Change change) {}

    private IgmpReport() {}

    /** What a packet says of groups, as far as it is such a report as is made here, of whole groups; else nothing. */
    public static List<Group> groups(Ipv4Packet packet) {
        if (!(packet.transport() instanceof OpaqueTransport(int protocol, Bytes bytes)) || protocol != IpProtocol.IGMP
                || bytes.length() < HEADER_LENGTH || bytes.get(0) != MEMBERSHIP_REPORT) {
            return List.of();
        }
        var groups = new ArrayList<Group>();
        for (int at = HEADER_LENGTH; at + RECORD_LENGTH <= bytes.length(); at += RECORD_LENGTH) {
            int address = WireParser.get32(bytes, at + 4);
            groups.add(new Group(address, bytes.get(at) == Change.LEFT.type ? Change.LEFT : Change.JOINED));
        }
        return groups;
    }

    /** What an IPv4 packet carries that says this. */
    public static Transport of(List<Group> groups) {
        var bytes = new byte[HEADER_LENGTH + RECORD_LENGTH * groups.size()];
        bytes[0] = MEMBERSHIP_REPORT;
        bytes[6] = (byte) (groups.size() >>> 8);
        bytes[7] = (byte) groups.size();
        int at = HEADER_LENGTH;
        for (Group group : groups) {
            bytes[at] = (byte) group.change().type;
            WireFormat.put32(bytes, at + 4, group.address());
            at += RECORD_LENGTH;
        }
        int checksum = WireFormat.checksum(bytes, 0, bytes.length, 0);
        bytes[2] = (byte) (checksum >>> 8);
        bytes[3] = (byte) checksum;
        return new OpaqueTransport(IpProtocol.IGMP, Bytes.of(bytes));
    }
}
