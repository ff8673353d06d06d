package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;

/** {@code -m ttl}. */
public record TtlMatch(Comparison comparison, int ttl) implements Match {
    /** How the packet's TTL stands to the rule's. */
    public enum Comparison {
        EQUAL("--ttl-eq", "=="),
        NOT_EQUAL("! --ttl-eq", "!="),
        LESS("--ttl-lt", "<"),
        GREATER("--ttl-gt", ">");

        private final String option;
        private final String sign;

        Comparison(String option, String sign) {
            this.option = option;
            this.sign = sign;
        }
    }

    @Override
    public String name() {
        return "ttl";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        int was = packet.ip().ttl();
        return switch (comparison) {
            case EQUAL -> was == ttl;
            case NOT_EQUAL -> was != ttl;
            case LESS -> was < ttl;
            case GREATER -> was > ttl;
        };
    }

    @Override
    public void save(StringBuilder out) {
        out.append(' ').append(comparison.option).append(' ').append(ttl);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" TTL match TTL ").append(comparison.sign).append(' ').append(ttl);
    }

    @Override
    public String was(PacketView seen) {
        return Integer.toString(seen.ip().ttl());
    }
}
