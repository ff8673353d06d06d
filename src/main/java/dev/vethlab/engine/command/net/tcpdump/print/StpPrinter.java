package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.packet.Bpdu;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.packet.OpaquePayload;

/** The spanning tree protocol in its 802.2 header ({@code print-stp.c}). */
final class StpPrinter {
    private StpPrinter() {}

    /** Prints it; false if it is something else. */
    static boolean print(Printing out, OpaquePayload payload) {
        Bpdu bpdu = Bpdu.parse(payload);
        if (bpdu == null) {
            return false;
        }
        if (out.options().link()) {
            out.print("LLC, dsap STP (0x42) Individual, ssap STP (0x42) Command, ctrl 0x03: ");
        }
        int length = payload.length() - Bpdu.LLC_LENGTH;
        switch (bpdu) {
            case Bpdu.TopologyChange change -> out.print("STP 802.1d, Topology Change");
            case Bpdu.Config config -> {
                out.print("STP 802.1d, Config, Flags [" + flags(config) + "], bridge-id " + bridge(config.bridge())
                        + String.format(".%04x", config.port()) + ", length " + length);
                if (out.options().verbosity() > 0) {
                    out.print("\n\tmessage-age " + seconds(config.messageAge()) + ", max-age " + seconds(config.maxAge()) + ", hello-time "
                            + seconds(config.helloTime()) + ", forwarding-delay " + seconds(config.forwardDelay()) + "\n\troot-id "
                            + bridge(config.root()) + ", root-pathcost " + Integer.toUnsignedLong(config.rootPathCost()));
                }
            }
        }
        return true;
    }

    private static String flags(Bpdu.Config config) {
        String change = config.topologyChange() ? "Topology change" : "";
        String acknowledged = config.acknowledged() ? "Topology change ACK" : "";
        String flags = change + (change.isEmpty() || acknowledged.isEmpty() ? "" : ", ") + acknowledged;
        return flags.isEmpty() ? "none" : flags;
    }

    private static String bridge(long id) {
        return String.format("%04x.", id >>> 48) + Mac.text(id & 0xFFFF_FFFF_FFFFL);
    }

    private static String seconds(int ticks) {
        return String.format("%.2fs", ticks / 256.0);
    }
}
