package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Mac;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code -m pkttype}: whom the frame was for. */
public record PacketTypeMatch(Type type, boolean inverted) implements Match {
    /** {@code PACKET_*}. */
    public enum Type {
        UNICAST,
        BROADCAST,
        MULTICAST;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String name() {
        return "pkttype";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return (of(packet.frame()) == type) != inverted;
    }

    private static Type of(@Nullable EthernetFrame frame) {
        if (frame == null || !Mac.isGroup(frame.destination())) {
            return Type.UNICAST;
        }
        return frame.destination() == Mac.BROADCAST ? Type.BROADCAST : Type.MULTICAST;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --pkt-type " : " --pkt-type ").append(type.text());
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(inverted ? " PKTTYPE != " : " PKTTYPE = ").append(type.text());
    }

    @Override
    public String was(PacketView seen) {
        return "another";
    }
}
