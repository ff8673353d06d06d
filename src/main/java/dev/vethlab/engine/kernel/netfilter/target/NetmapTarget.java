package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.NatRange;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/** {@code -j NETMAP}: one network onto another, host part for host part. */
public record NetmapTarget(int network, int mask) implements NatTarget {
    @Override
    public String name() {
        return "NETMAP";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        boolean source = at.hook() == Hook.POSTROUTING || at.hook() == Hook.INPUT;
        int address = network | (source ? packet.ip().source() : packet.ip().destination()) & ~mask;
        return at.namespace().conntrack().nat().bind(packet, NatRange.of(address, 0), at.hook());
    }

    @Override
    public void save(StringBuilder out) {
        out.append(" --to ").append(new HeaderMatch.Address(network, mask, false).text());
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" to:").append(new HeaderMatch.Address(network, mask, false).text());
    }
}
