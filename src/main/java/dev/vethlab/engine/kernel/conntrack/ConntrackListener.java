package dev.vethlab.engine.kernel.conntrack;

/** Who is told what happens to connections ({@code nf_conntrack_ecache.c}). */
public interface ConntrackListener {
    /** What happened. */
    enum Kind {
        /** It entered the table. */
        NEW,
        /** Its state changed: a first answer, a TCP state, assured. */
        UPDATE,
        /** It left the table. */
        DESTROY
    }

    /** {@code by} is the program that asked for it; empty if none did. */
    void happened(Kind kind, ConntrackEntry entry, String by);
}
