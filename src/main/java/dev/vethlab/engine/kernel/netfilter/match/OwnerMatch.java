package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import org.jspecify.annotations.Nullable;

/**
 * {@code -m owner}: whose socket sent the packet. Everything here runs as root.
 *
 * @param socketExists null if not asked
 */
public record OwnerMatch(@Nullable Ids users, @Nullable Ids groups, @Nullable Flag socketExists) implements Match {
    private static final int ROOT = 0;

    /** Ids from {@code low} to {@code high}, both included. */
    public record Ids(long low, long high, boolean inverted) {
        private boolean matches() {
            return (ROOT >= low && ROOT <= high) != inverted;
        }

        private String text() {
            return low == high ? Long.toString(low) : low + "-" + high;
        }
    }

    /** {@code --socket-exists}. */
    public record Flag(boolean inverted) {}

    @Override
    public String name() {
        return "owner";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        if (packet.owner == null) {
            return (socketExists == null || socketExists.inverted)
                    && (users == null || users.inverted) && (groups == null || groups.inverted);
        }
        return (socketExists == null || !socketExists.inverted)
                && (users == null || users.matches()) && (groups == null || groups.matches());
    }

    @Override
    public boolean allowedAt(Hook hook) {
        return hook == Hook.OUTPUT || hook == Hook.POSTROUTING;
    }

    @Override
    public void save(StringBuilder out) {
        if (socketExists != null) {
            out.append(socketExists.inverted ? " ! --socket-exists" : " --socket-exists");
        }
        save(out, "--uid-owner ", users);
        save(out, "--gid-owner ", groups);
    }

    private static void save(StringBuilder out, String option, @Nullable Ids ids) {
        if (ids != null) {
            out.append(ids.inverted ? " ! " : " ").append(option).append(ids.text());
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        if (socketExists != null) {
            out.append(socketExists.inverted ? " ! owner socket exists" : " owner socket exists");
        }
        list(out, "owner UID match ", users, numeric);
        list(out, "owner GID match ", groups, numeric);
    }

    private static void list(StringBuilder out, String what, @Nullable Ids ids, boolean numeric) {
        if (ids != null) {
            boolean root = !numeric && ids.low == ROOT && ids.high == ROOT;
            out.append(ids.inverted ? " ! " : " ").append(what).append(root ? "root" : ids.text());
        }
    }

    @Override
    public String was(PacketView seen) {
        return "root, or nobody's";
    }
}
