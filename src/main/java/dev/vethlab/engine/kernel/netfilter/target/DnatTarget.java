package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.NatRange;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/** {@code -j DNAT}: another destination. */
public record DnatTarget(NatRange range) implements NatTarget {
    @Override
    public String name() {
        return "DNAT";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        return at.namespace().conntrack().nat().bind(packet, range, at.hook());
    }

    @Override
    public void save(StringBuilder out) {
        out.append(" --to-destination ").append(range.text()).append(range.flagText(true));
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" to:").append(range.text()).append(range.flagText(false));
    }

    @Override
    public boolean allowedAt(Hook hook) {
        return hook == Hook.PREROUTING || hook == Hook.OUTPUT;
    }
}
