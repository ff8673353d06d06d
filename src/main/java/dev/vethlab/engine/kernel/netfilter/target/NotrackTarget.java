package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.CtInfo;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/**
 * {@code -j CT --notrack} and its old form {@code -j NOTRACK}: the packet's connection is not tracked.
 *
 * @param old whether it was written {@code NOTRACK}
 */
public record NotrackTarget(boolean old) implements Target {
    @Override
    public String name() {
        return old ? "NOTRACK" : "CT";
    }

    @Override
    public String listedName() {
        return "CT";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        if (packet.ctInfo == CtInfo.NONE) {
            packet.ctInfo = CtInfo.UNTRACKED;
        }
        return Verdict.CONTINUE;
    }

    @Override
    public boolean changesPacket() {
        return true;
    }

    @Override
    public boolean allowedIn(TableName table) {
        return table == TableName.RAW;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(old ? "" : " --notrack");
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(old ? " NOTRACK" : " CT notrack");
    }
}
