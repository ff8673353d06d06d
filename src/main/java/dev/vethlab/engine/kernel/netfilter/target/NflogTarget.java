package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.SaveText;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/** {@code -j NFLOG}: for programs that listen to a group; without one, nothing happens ({@code xt_NFLOG.c}). 0 where not given. */
public record NflogTarget(int group, String prefix, long size, int threshold) implements Target {
    @Override
    public String name() {
        return "NFLOG";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        return Verdict.CONTINUE;
    }

    @Override
    public void save(StringBuilder out) {
        if (!prefix.isEmpty()) {
            out.append(" --nflog-prefix ");
            SaveText.quote(out, prefix);
        }
        options(out, " --");
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        if (!prefix.isEmpty()) {
            out.append(" nflog-prefix ");
            SaveText.quote(out, prefix);
        }
        options(out, " ");
    }

    private void options(StringBuilder out, String lead) {
        out.append(group > 0 ? lead + "nflog-group " + group : "").append(size > 0 ? lead + "nflog-size " + size : "")
                .append(threshold > 0 ? lead + "nflog-threshold " + threshold : "");
    }
}
