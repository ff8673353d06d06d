package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.kernel.netfilter.SaveText;

/** {@code -m comment}: matches all. */
public record CommentMatch(String text) implements Match {
    /** {@code XT_MAX_COMMENT_LEN}, with the final 0. */
    public static final int MAX_LENGTH = 256;

    @Override
    public String name() {
        return "comment";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return true;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(" --comment ");
        SaveText.quote(out, text);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" /* ").append(text).append(" */");
    }

    @Override
    public String was(PacketView seen) {
        return "";
    }
}
