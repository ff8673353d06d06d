package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;

/** {@code -m policy}: whether IPsec handles a packet ({@code xt_policy.c}); here it handles none. */
public record PolicyMatch(boolean out, boolean none) implements Match {
    @Override
    public String name() {
        return "policy";
    }

    @Override
    public boolean allowedAt(Hook hook) {
        return out ? hook != Hook.PREROUTING && hook != Hook.INPUT : hook != Hook.POSTROUTING && hook != Hook.OUTPUT;
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return none;
    }

    @Override
    public void save(StringBuilder text) {
        text.append(out ? " --dir out" : " --dir in").append(none ? " --pol none" : " --pol ipsec");
    }

    @Override
    public void list(StringBuilder text, boolean numeric) {
        text.append(" policy match dir ").append(out ? "out" : "in").append(none ? " pol none" : " pol ipsec");
    }

    @Override
    public String was(PacketView seen) {
        return "no IPsec";
    }
}
