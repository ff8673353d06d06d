package dev.vethlab.engine.kernel;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Says whether a session's world has room for more of a thing, and counts how often it had none. */
public final class Room {
    private final WorldLimits limits;
    private final Map<Limit, Long> refusals = new EnumMap<>(Limit.class);

    public Room(WorldLimits limits) {
        this.limits = limits;
    }

    /** Whether, besides {@code used}, there may be so many more; if not, that is a refusal. */
    public boolean has(Limit limit, long used, long more) {
        boolean fits = used + more <= most(limit);
        if (!fits) {
            refuse(limit);
        }
        return fits;
    }

    /** How much of it there may be. */
    public int most(Limit limit) {
        return limit.most(limits);
    }

    /** Whoever asked for it was refused. */
    public void refuse(Limit limit) {
        refusals.merge(limit, 1L, Long::sum);
    }

    /** Refusals by the limit's text. */
    public Map<String, Long> refusals() {
        Map<String, Long> byName = new TreeMap<>();
        refusals.forEach((limit, count) -> byName.put(limit.text(), count));
        return byName;
    }
}
