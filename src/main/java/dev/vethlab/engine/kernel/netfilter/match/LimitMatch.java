package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import org.jspecify.annotations.Nullable;

/** {@code -m limit}: so many packets a time, after a burst. Each rule has an allowance of its own. */
public final class LimitMatch implements Match {
    public static final int DEFAULT_BURST = 5;

    private final Rate rate;
    private final int burst;
    private @Nullable TokenBucket bucket;

    public LimitMatch(Rate rate, int burst) {
        this.rate = rate;
        this.burst = burst;
    }

    @Override
    public String name() {
        return "limit";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        long now = at.namespace().kernel().now();
        if (bucket == null) {
            bucket = new TokenBucket(rate, burst, now);
        }
        return bucket.take(now);
    }

    @Override
    public void save(StringBuilder out) {
        out.append(" --limit ").append(rate.text());
        if (burst != DEFAULT_BURST) {
            out.append(" --limit-burst ").append(burst);
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" limit: avg ").append(rate.text()).append(" burst ").append(burst);
    }

    @Override
    public String was(PacketView seen) {
        return "one too many";
    }
}
