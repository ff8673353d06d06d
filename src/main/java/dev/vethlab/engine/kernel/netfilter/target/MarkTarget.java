package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/** {@code -j MARK}: clears the bits of {@code mask} in the packet's mark, then toggles those of {@code mark} ({@code mark_tg}). */
public record MarkTarget(int mark, int mask) implements Target {
    @Override
    public String name() {
        return "MARK";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        packet.mark = packet.mark & ~mask ^ mark;
        return Verdict.CONTINUE;
    }

    @Override
    public boolean changesPacket() {
        return true;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(" --set-xmark 0x").append(Integer.toHexString(mark)).append("/0x").append(Integer.toHexString(mask));
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" MARK ");
        listChange(out, mark, mask);
    }

    /** What the two do together, in the fewest words. */
    static void listChange(StringBuilder out, int mark, int mask) {
        if (mark == 0) {
            out.append("and 0x").append(Integer.toHexString(~mask));
        } else if (mark == mask) {
            out.append("or 0x").append(Integer.toHexString(mark));
        } else if (mask == 0) {
            out.append("xor 0x").append(Integer.toHexString(mark));
        } else if (mask == -1) {
            out.append("set 0x").append(Integer.toHexString(mark));
        } else {
            out.append("xset 0x").append(Integer.toHexString(mark)).append("/0x").append(Integer.toHexString(mask));
        }
    }
}
