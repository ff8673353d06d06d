package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;
import java.util.Locale;

/** {@code -j CLASSIFY}: a class for queueing disciplines that know classes; there is none here ({@code xt_CLASSIFY.c}). */
public record ClassifyTarget(int major, int minor) implements Target {
    @Override
    public String name() {
        return "CLASSIFY";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        return Verdict.CONTINUE;
    }

    @Override
    public boolean allowedAt(Hook hook) {
        return hook == Hook.FORWARD || hook == Hook.OUTPUT || hook == Hook.POSTROUTING;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(String.format(Locale.ROOT, " --set-class %04x:%04x", major, minor));
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" CLASSIFY set ").append(Integer.toHexString(major)).append(':').append(Integer.toHexString(minor));
    }
}
