package dev.vethlab.engine.kernel.route;

/** What a policy rule does with what it selects ({@code FR_ACT_*}). */
public sealed interface RuleAction {
    /**
     * Asks a table.
     *
     * @param suppressed routes with a prefix as short as this, or shorter, do not count; -1 if all do
     */
    record Lookup(int table, int suppressed) implements RuleAction {}

    /** Goes on with the first rule of a later priority. */
    record GoTo(int priority) implements RuleAction {}

    record Nothing() implements RuleAction {}

    /** Ends the lookup: blackhole, unreachable or prohibit. */
    record Refuse(RouteType type) implements RuleAction {}
}
