package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;

/**
 * {@code -m state}: the older, smaller form of {@code -m conntrack --ctstate}.
 *
 * @param states bits of {@link ConntrackMatch#INVALID} …
 */
public record StateMatch(int states, boolean inverted) implements Match {
    @Override
    public String name() {
        return "state";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return (states & ConntrackMatch.bit(null, packet.ctInfo)) != 0 != inverted;
    }

    @Override
    public boolean needsConntrack() {
        return true;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --state " : " --state ").append(ConntrackMatch.names(states));
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(inverted ? " ! state " : " state ").append(ConntrackMatch.names(states));
    }

    @Override
    public String was(PacketView seen) {
        return ConntrackMatch.names(ConntrackMatch.bit(null, seen.ctInfo()));
    }
}
