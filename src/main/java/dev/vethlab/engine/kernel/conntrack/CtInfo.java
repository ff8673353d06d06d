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
}
