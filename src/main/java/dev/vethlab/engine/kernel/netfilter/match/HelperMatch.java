package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;

/** {@code -m helper}: of the connection that expected this one ({@code xt_helper.c}); no connection here expects another. */
public record HelperMatch(String helper, boolean inverted) implements Match {
    @Override
    public String name() {
        return "helper";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return inverted;
    }

    @Override
    public boolean needsConntrack() {
        return true;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --helper " : " --helper ").append(helper);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(inverted ? " helper match ! \"" : " helper match \"").append(helper).append('"');
    }

    @Override
    public String was(PacketView seen) {
        return "no helper";
    }
}
