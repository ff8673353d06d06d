package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.packet.Ipv4;

/**
 * Which flows a policy rule is about.
 *
 * @param not all flows but those
 * @param fromLength prefix length of {@code from}; 0 with from 0 means all
 * @param in name of {@code iif}; empty for any
 * @param out name of {@code oif}; empty for any
 * @param mark with {@code markMask} 0 for any
 * @param tos 0 for any
 * @param protocol 0 for any
 */
public record RuleSelector(
        boolean not,
        int from,
        int fromLength,
        int to,
        int toLength,
        String in,
        String out,
        int mark,
        int markMask,
        int tos,
        int protocol,
        Range sourcePorts,
        Range destinationPorts,
        Range users) {
    /** The bits of the TOS field that routing looks at ({@code IPTOS_RT_MASK}). */
    private static final int ROUTED_TOS = 0x1C;

    /** Every flow. */
    public static final RuleSelector ALL =
            new RuleSelector(false, 0, 0, 0, 0, "", "", 0, 0, 0, 0, Range.ANY, Range.ANY, Range.ANY);

    /** Numbers from {@code first} to {@code last}, both included. */
    public record Range(long first, long last) {
        public static final Range ANY = new Range(-1, -1);

        public boolean isAny() {
            return first < 0;
        }

        boolean contains(int number) {
            return isAny() || (number >= first && number <= last);
        }
    }

    /** {@code fib_rule_match}, {@code fib4_rule_match}. */
    boolean matches(Flow flow) {
        boolean selected = Ipv4.inPrefix(flow.source(), from, fromLength)
                && Ipv4.inPrefix(flow.destination(), to, toLength)
                && (in.isEmpty() || in.equals(flow.in() == null ? "lo" : flow.in().name()))
                && (out.isEmpty() || (flow.out() != null && out.equals(flow.out().name())))
                && ((flow.mark() ^ mark) & markMask) == 0
                && (tos == 0 || tos == (flow.tos() & ROUTED_TOS))
                && (protocol == 0 || protocol == flow.protocol())
                && sourcePorts.contains(flow.sourcePort())
                && destinationPorts.contains(flow.destinationPort())
                && users.contains(flow.uid());
        return selected != not;
    }
}
