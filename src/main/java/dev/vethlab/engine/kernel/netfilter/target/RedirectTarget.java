package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.NatRange;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;
import dev.vethlab.engine.packet.Ipv4;

/** {@code -j REDIRECT}: to this machine itself. */
public record RedirectTarget(NatRange range) implements NatTarget {
    @Override
    public String name() {
        return "REDIRECT";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        if (at.hook() == Hook.OUTPUT) {
            return at.namespace().conntrack().nat().bind(packet, range.withAddress(Ipv4.LOOPBACK), at.hook());
        }
        NetDevice in = at.in(packet);
        if (in == null || in.addresses().isEmpty()) {
            return Verdict.DROP;
        }
        return at.namespace().conntrack().nat().bind(packet, range.withAddress(in.addresses().getFirst().address()), at.hook());
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
            out.append(" redir ports ").append(range.minPort());
            if (range.maxPort() != range.minPort()) {
                out.append('-').append(range.maxPort());
            }
        }
        out.append(range.flagText(false));
    }

    @Override
    public boolean allowedAt(Hook hook) {
        return hook == Hook.PREROUTING || hook == Hook.OUTPUT;
    }
}
