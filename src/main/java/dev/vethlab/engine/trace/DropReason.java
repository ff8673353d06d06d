package dev.vethlab.engine.trace;

/** Why a packet ended: the kernel's own names ({@code include/net/dropreason-core.h}), less their prefix, and what they mean. */
public enum DropReason {
    NETFILTER_DROP("Netfilter does not let it pass."),
    NO_SOCKET("No socket here is for it."),
    PKT_TOO_BIG("It is longer than the way out takes, and may not be cut into fragments."),
    IP_RPFILTER("Reverse path filtering: an answer to its source would not leave by the device that it came in by."),
    IP_LOCALNET("A loopback address is not reached from outside."),
    IP_LOCAL_SOURCE("It comes from outside and claims to be from an address of this very machine."),
    IP_INVALID_SOURCE("Its source is no address that may come from outside: a martian."),
    IP_INVALID_DEST("Its destination is no address that this can be sent to."),
    IP_INNOROUTES("The routing table has no way to its destination."),
    IP_OUTNOROUTES("Its destination was changed on the way out, and the routing table has no way to the new one."),
    IP_INADDRERRORS("Its destination is no address that it could go on to."),
    IP_CSUM("The checksum of its IP header is wrong."),
    NEIGH_FAILED("ARP asked for the next hop’s MAC address, and nobody answered."),
    NEIGH_QUEUEFULL("More packets wait for the next hop’s MAC address than are kept."),
    NEIGH_CREATEFAIL("The neighbour table has no room for its next hop."),
    NEIGH_DEAD("The neighbour entry that it waited for is gone."),
    DEV_READY("The device is not up."),
    LOCAL_MAC("It is addressed to the sender’s own MAC address.", true),
    OTHERHOST("The frame is addressed to another MAC address.", true),
    PROTO_MEM("The socket’s receive buffer is full."),
    SOCKET_BACKLOG("The listening socket’s queue of connections is full."),
    TCP_FLAGS("A segment with these flags is not expected here.", true),
    TCP_INVALID_SEQUENCE("Its sequence number is not within the window of the connection.", true),
    TCP_OLD_DATA("The connection has these bytes already.", true),
    TCP_RESET("The connection was reset.", true),
    TCP_CLOSE("The connection is closed.", true),
    FRAG_REASM_TIMEOUT("The rest of its fragments did not come in time."),
    FRAG_TOO_FAR("Its fragments lie too far apart."),
    DUP_FRAG("The same fragment came already."),
    BRIDGE_INGRESS_STP_STATE("The bridge’s port does not take frames in: the spanning tree blocks it."),
    BRIDGE_NO_EGRESS_PORT("The bridge has no port by which it may leave."),
    NO_TX_TARGET("The device knows nowhere to send it."),
    VXLAN_VNI_NOT_FOUND("No vxlan device here has the network identifier (VNI) that it carries."),
    VXLAN_INVALID_HDR("Its VXLAN header is not valid."),
    VXLAN_ENTRY_EXISTS("The vxlan device knows its source MAC address behind another tunnel end."),
    IP_TTL_EXCEEDED("Its time to live is used up: one is taken off at each router."),
    IP_FORWARDING_OFF("It is for another machine, and this one does not forward."),
    UNHANDLED_PROTO("Nothing here speaks its protocol."),
    LIMIT_REACHED("A table is full.");

    private final String meaning;
    private final boolean usual;

    DropReason(String meaning) {
        this(meaning, false);
    }

    DropReason(String meaning, boolean usual) {
        this.meaning = meaning;
        this.usual = usual;
    }

    /** One plain sentence. */
    public String meaning() {
        return meaning;
    }

    /** Whether drops for it belong to the usual course: copies for somebody else, and what TCP puts aside. */
    boolean isUsual() {
        return usual;
    }
}
