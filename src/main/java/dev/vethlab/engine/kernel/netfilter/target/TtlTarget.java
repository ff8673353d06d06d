package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/** {@code -j TTL}. */
public record TtlTarget(Mode mode, int amount) implements Target {
    /** What is done with the TTL. */
    public enum Mode {
        SET("set", "set to"),
        DECREMENT("dec", "decrement by"),
        INCREMENT("inc", "increment by");

        private final String option;
        private final String words;

        Mode(String option, String words) {
            this.option = option;
            this.words = words;
        }
    }

    @Override
    public String name() {
        return "TTL";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        int old = packet.ip().ttl();
        int ttl = switch (mode) {
            case SET -> amount;
            case DECREMENT -> Math.max(0, old - amount);
            case INCREMENT -> Math.min(255, old + amount);
        };
        if (ttl != old) {
            packet.setIp(packet.ip().withTtl(ttl));
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
        out.append(" --ttl-").append(mode.option).append(' ').append(amount);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" TTL ").append(mode.words).append(' ').append(amount);
    }
}
