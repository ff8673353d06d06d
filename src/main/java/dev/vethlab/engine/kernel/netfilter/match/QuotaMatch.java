package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;

/** {@code -m quota}: as many bytes, and then no more ({@code xt_quota.c}). */
public final class QuotaMatch implements Match {
    private final String quota;
    private final boolean inverted;
    private long left;

    /** @param bytes as an unsigned number */
    public QuotaMatch(long bytes, boolean inverted) {
        this.quota = Long.toUnsignedString(bytes);
        this.inverted = inverted;
        this.left = bytes;
    }

    @Override
    public String name() {
        return "quota";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        int length = packet.ip().length();
        if (Long.compareUnsigned(left, length) >= 0) {
            left -= length;
            return !inverted;
        }
        left = 0;
        return inverted;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --quota " : " --quota ").append(quota);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" quota: ").append(quota).append(" bytes");
    }

    @Override
    public String was(PacketView seen) {
        return seen.ip().length() + " bytes, with " + Long.toUnsignedString(left) + " left";
    }
}
