package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import org.jspecify.annotations.Nullable;

/** {@code -m devgroup}: the groups of the devices that a packet comes and leaves by ({@code xt_devgroup.c}). */
public record DevGroupMatch(@Nullable Group source, @Nullable Group destination) implements Match {
    /** A group, as far as the mask's bits go. */
    public record Group(int value, int mask, boolean inverted) {
        private boolean fits(int group) {
            return ((group ^ value) & mask) == 0 != inverted;
        }

        private String text(String option) {
            return (inverted ? " ! " : " ") + option + " 0x" + Integer.toHexString(value)
                    + (mask == -1 ? "" : "/0x" + Integer.toHexString(mask));
        }
    }

    @Override
    public String name() {
        return "devgroup";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return (source == null || (packet.in != null && source.fits(packet.in.group())))
                && (destination == null || (packet.out != null && destination.fits(packet.out.group())));
    }

    @Override
    public boolean allowedAt(Hook hook) {
        boolean comes = hook == Hook.PREROUTING || hook == Hook.INPUT || hook == Hook.FORWARD;
        boolean leaves = hook == Hook.FORWARD || hook == Hook.OUTPUT || hook == Hook.POSTROUTING;
        return (source == null || comes) && (destination == null || leaves);
    }

    @Override
    public void save(StringBuilder out) {
        out.append(source == null ? "" : source.text("--src-group")).append(destination == null ? "" : destination.text("--dst-group"));
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(source == null ? "" : source.text("src-group")).append(destination == null ? "" : destination.text("dst-group"));
    }

    @Override
    public String was(PacketView seen) {
        return "devices of other groups";
    }
}
