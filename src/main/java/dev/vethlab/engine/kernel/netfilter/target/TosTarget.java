package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.netfilter.Verdict;
import dev.vethlab.engine.kernel.netfilter.match.DscpMatch;

/**
 * {@code -j TOS}, {@code -j DSCP}: clears the bits of {@code mask} in the type of service, then toggles those of {@code value} ({@code
 * xt_DSCP.c}).
 *
 * @param dscp whether it was written as a code point: {@code value} four times as large
 */
public record TosTarget(int value, int mask, boolean dscp) implements Target {
    @Override
    public String name() {
        return dscp ? "DSCP" : "TOS";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        int old = packet.ip().tos();
        int tos = old & ~mask ^ value;
        if (tos != old) {
            packet.setIp(packet.ip().withTos(tos));
        }
        return Verdict.CONTINUE;
    }

    @Override
    public boolean changesPacket() {
        return true;
    }

    @Override
    public boolean allowedIn(TableName table) {
        return table == TableName.MANGLE;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(dscp ? " --set-dscp " + DscpMatch.hex(value >>> 2) : " --set-tos " + both());
    }

    private String both() {
        return DscpMatch.hex(value) + "/" + DscpMatch.hex(mask);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(dscp ? " DSCP set " + DscpMatch.hex(value >>> 2) : " TOS set " + both());
    }
}
