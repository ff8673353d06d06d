package dev.vethlab.session;

import org.jspecify.annotations.Nullable;

/**
 * Why an input was not taken; nothing changed.
 *
 * @param code for programs: {@code unknown-terminal}, {@code unknown-node}, {@code limit}, {@code gone}
 * @param text for people
 * @param limit of what the session has as much as it may have; null if that is not why
 */
public record Refusal(String code, String text, @Nullable String limit) {
    static Refusal unknownTerminal(String terminal) {
        return new Refusal("unknown-terminal", "There is no terminal " + terminal + ".", null);
    }

    static Refusal unknownNode(String node) {
        return new Refusal("unknown-node", "There is no node " + node + " in this session.", null);
    }

    /** The same for a caller that knows no other refusal than that of a limit. */
    public LimitReachedException asException() {
        return new LimitReachedException(limit == null ? code : limit, text);
    }

    static Refusal limit(String limit, String text) {
        return new Refusal("limit", text, limit);
    }
}
