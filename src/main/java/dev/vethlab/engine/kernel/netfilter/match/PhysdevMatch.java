package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import org.jspecify.annotations.Nullable;

/** {@code -m physdev}: the bridge's ports, where bridged packets come here ({@code br_netfilter}, {@code xt_physdev.c}). */
public record PhysdevMatch(@Nullable Device in, @Nullable Device out, @Nullable Flag isIn, @Nullable Flag isOut, @Nullable Flag isBridged)
        implements Match {
    /** A port's name, perhaps with a {@code +}. */
    public record Device(String name, boolean inverted) {
        private boolean matches(@Nullable NetDevice device) {
            String other = device == null ? "" : device.name();
            boolean same = name.endsWith("+") ? other.startsWith(name.substring(0, name.length() - 1)) : other.equals(name);
            return same != inverted;
        }
    }

    /** An option that is there or there inverted. */
    public record Flag(boolean inverted) {}

    @Override
    public String name() {
        return "physdev";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        NetDevice from = packet.bridged ? packet.physicalIn : null;
        NetDevice to = packet.bridged && at.hook() != Hook.PREROUTING && at.hook() != Hook.INPUT ? packet.physicalOut : null;
        return holds(isIn, from != null)
                && holds(isOut, to != null)
                && holds(isBridged, from != null && to != null)
                && (in == null || in.matches(from))
                && (out == null || out.matches(to));
    }

    private static boolean holds(@Nullable Flag flag, boolean fact) {
        return flag == null || fact != flag.inverted;
    }

    @Override
    public void save(StringBuilder out) {
        flag(out, isIn, "--physdev-is-in");
        device(out, in, "--physdev-in");
        flag(out, isOut, "--physdev-is-out");
        device(out, this.out, "--physdev-out");
        flag(out, isBridged, "--physdev-is-bridged");
    }

    private static void flag(StringBuilder out, @Nullable Flag flag, String option) {
        if (flag != null) {
            out.append(flag.inverted ? " ! " : " ").append(option);
        }
    }

    private static void device(StringBuilder out, @Nullable Device device, String option) {
        if (device != null) {
            out.append(device.inverted ? " ! " : " ").append(option).append(' ').append(device.name);
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" PHYSDEV match");
        save(out);
    }

    @Override
    public String was(PacketView seen) {
        return "another, or not bridged";
    }
}
