package dev.vethlab.engine.kernel.conntrack;

/** How a packet relates to its connection ({@code enum ip_conntrack_info}). */
public enum CtInfo {
    /** Not looked up yet, or invalid: there is no connection. */
    NONE,
    NEW,
    ESTABLISHED,
    RELATED,
    ESTABLISHED_REPLY,
    RELATED_REPLY,
    UNTRACKED;

    /** Whether it goes against the direction of the first packet. */
    public boolean isReply() {
        return this == ESTABLISHED_REPLY || this == RELATED_REPLY;
    }

    /**
     * How the kernel's own answer to such a packet, an error or a reset, relates to the connection ({@code nf_ct_attach}). That to an
     * untracked packet is marked as if it had one: {@code CT --notrack} passes it over, and it is looked up like any other.
     */
    public CtInfo answer() {
        return switch (this) {
            case NONE -> NONE;
            case NEW, ESTABLISHED, RELATED -> RELATED_REPLY;
            case ESTABLISHED_REPLY, RELATED_REPLY, UNTRACKED -> RELATED;
        };
    }
}
