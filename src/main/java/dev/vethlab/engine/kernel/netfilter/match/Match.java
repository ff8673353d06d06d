package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;

/** A condition of a rule beyond the header's: one {@code -m} ({@code struct xt_match}). Each kind is one file of the same shape. */
public sealed interface Match
        permits TcpMatch, UdpMatch, IcmpMatch, MultiportMatch, ConntrackMatch, StateMatch, ConnmarkMatch, AddrTypeMatch, CommentMatch,
                MarkMatch, LimitMatch, HashLimitMatch, MacMatch, PhysdevMatch, OwnerMatch, LengthMatch, TtlMatch, StatisticMatch,
                IpRangeMatch, PacketTypeMatch, SetMatch, DscpMatch,
                TosMatch, StringMatch, RecentMatch, ConnlimitMatch, QuotaMatch, CpuMatch, TcpMssMatch, RpFilterMatch, ConnbytesMatch,
                TimeMatch, EcnMatch, DevGroupMatch, U32Match, SctpMatch, SpiMatch, RealmMatch,
                HelperMatch, PolicyMatch {
    /** The name after {@code -m}. */
    String name();

    boolean matches(PacketBuffer packet, HookPoint at);

    /** Appends its options as {@code iptables -S} prints them, each after a blank; without {@code -m name}. */
    void save(StringBuilder out);

    /**
     * Appends its text as {@code iptables -L} prints it after the columns, with a blank before.
     *
     * @param numeric {@code -n}: no names for ports and addresses
     */
    void list(StringBuilder out, boolean numeric);

    /** What the packet had where something else was wanted. */
    String was(PacketView seen);

    /** Whether the kernel takes it with this header; EINVAL otherwise ({@code xt_check_match}). */
    default boolean allowedFor(HeaderMatch header) {
        return true;
    }

    /** Whether the kernel takes it where a packet comes from this hook; EINVAL otherwise. */
    default boolean allowedAt(Hook hook) {
        return true;
    }

    /** Whether the kernel tracks connections for its sake ({@code nf_ct_netns_get}). */
    default boolean needsConntrack() {
        return false;
    }

    /** Whether the kernel counts what connections carry for its sake ({@code nf_ct_set_acct}). */
    default boolean needsAccounting() {
        return false;
    }
}
