package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.NatRange;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/** {@code -j MASQUERADE}: the source becomes the way out's own address. */
public record MasqueradeTarget(NatRange range) implements NatTarget {
    @Override
    public String name() {
        return "MASQUERADE";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        return at.namespace().conntrack().nat().masquerade(packet, range);
    }

    @Override
    public void save(StringBuilder out) {
        if (range.mapsPort()) {
            out.append(" --to-ports ").append(range.minPort());
            if (range.maxPort() != range.minPort()) {
                out.append('-').append(range.maxPort());
            }
        }
        out.append(range.flagText(true));
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        if (range.mapsPort()) {
            out.append(" masq ports: ").append(range.minPort());
            if (range.maxPort() != range.minPort()) {
                out.append('-').append(range.maxPort());
            }
        }
        out.append(range.flagText(false));
    }

    @Override
    public boolean allowedAt(Hook hook) {
        return hook == Hook.POSTROUTING;
    }
}
