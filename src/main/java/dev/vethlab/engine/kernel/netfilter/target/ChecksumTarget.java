package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/** {@code -j CHECKSUM}: fills in a checksum that a device was to fill in ({@code xt_CHECKSUM.c}). */
public record ChecksumTarget() implements Target {
    @Override
    public String name() {
        return "CHECKSUM";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        packet.completeChecksum();
        return Verdict.CONTINUE;
    }

    @Override
    public boolean allowedIn(TableName table) {
        return table == TableName.MANGLE;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(" --checksum-fill");
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" CHECKSUM fill");
    }
}
