package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;

/** {@code -m mark}: what MARK left on the packet. */
public record MarkMatch(int mark, int mask, boolean inverted) implements Match {
    @Override
    public String name() {
        return "mark";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return ((packet.mark & mask) == mark) != inverted;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --mark " : " --mark ").append(text(mark, mask));
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(inverted ? " mark match ! " : " mark match ").append(text(mark, mask));
    }

    @Override
    public String was(PacketView seen) {
        return text(seen.mark(), -1);
    }

    static String text(int mark, int mask) {
        return "0x" + Integer.toHexString(mark) + (mask == -1 ? "" : "/0x" + Integer.toHexString(mask));
    }
}
