package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/**
 * {@code -j CONNMARK}: between the packet's mark and its connection's ({@code xt_connmark.c}).
 *
 * @param mark of {@link Mode#SET}
 * @param connectionMask bits of the connection's mark
 * @param packetMask bits of the packet's mark
 */
public record ConnmarkTarget(Mode mode, int mark, int connectionMask, int packetMask) implements Target {
    /** Which way. */
    public enum Mode {
        SET,
        SAVE,
        RESTORE
    }

    @Override
    public String name() {
        return "CONNMARK";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        ConntrackEntry connection = packet.connection;
        if (connection != null) {
            switch (mode) {
                case SET -> connection.mark = connection.mark & ~connectionMask ^ mark;
                case SAVE -> connection.mark = connection.mark & ~connectionMask ^ packet.mark & packetMask;
                case RESTORE -> packet.mark = packet.mark & ~packetMask ^ connection.mark & connectionMask;
            }
        }
        return Verdict.CONTINUE;
    }

    @Override
    public boolean changesPacket() {
        return mode == Mode.RESTORE;
    }

    @Override
    public boolean needsConntrack() {
        return true;
    }

    @Override
    public void save(StringBuilder out) {
        if (mode == Mode.SET) {
            out.append(" --set-xmark ").append(hex(mark)).append('/').append(hex(connectionMask));
        } else {
            out.append(mode == Mode.SAVE ? " --save-mark" : " --restore-mark");
            out.append(" --nfmask ").append(hex(packetMask)).append(" --ctmask ").append(hex(connectionMask));
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" CONNMARK ");
        if (mode == Mode.SET) {
            MarkTarget.listChange(out, mark, connectionMask);
            return;
        }
        out.append(mode == Mode.SAVE ? "save" : "restore");
        if (packetMask == connectionMask) {
            out.append(packetMask == -1 ? "" : " mask " + hex(packetMask));
        } else {
            out.append(" nfmask ").append(hex(packetMask)).append(" ctmask ~").append(hex(connectionMask));
        }
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
