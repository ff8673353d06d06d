package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/** What a rule does with a packet that it matches ({@code struct xt_target}). Each kind is one file of the same shape. */
public sealed interface Target
        permits StandardTarget, JumpTarget, NoTarget, RejectTarget, LogTarget, MarkTarget, ConnmarkTarget, NotrackTarget, TtlTarget,
                TcpMssTarget, NatTarget, SetTarget, TraceTarget, TosTarget, NflogTarget, ClassifyTarget, ChecksumTarget {
    /** The name after {@code -j}; empty if there is none. */
    String name();

    /** The name in listings. */
    default String listedName() {
        return name();
    }

    Verdict apply(PacketBuffer packet, HookPoint at);

    /** Appends its options as {@code iptables -S} prints them, each after a blank; without {@code -j name}. */
    default void save(StringBuilder out) {}

    /** Appends its text as {@code iptables -L} prints it at the end of the line, with a blank before. */
    default void list(StringBuilder out, boolean numeric) {}

    /** Whether the kernel takes it in this table; EINVAL otherwise. */
    default boolean allowedIn(TableName table) {
        return true;
    }

    /** Whether the kernel takes it where a packet comes from this hook; EINVAL otherwise. */
    default boolean allowedAt(Hook hook) {
        return true;
    }

    /** Whether the kernel takes it with this header; EINVAL otherwise. */
    default boolean allowedFor(HeaderMatch header) {
        return true;
    }

    /** Whether the packet may be another afterwards. */
    default boolean changesPacket() {
        return false;
    }

    /** Whether the kernel tracks connections for its sake ({@code nf_ct_netns_get}). */
    default boolean needsConntrack() {
        return false;
    }
}
