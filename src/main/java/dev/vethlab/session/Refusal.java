package dev.vethlab.session;

/**
 * Why an input was not taken; nothing changed.
 *
 * @param code for programs: {@code unknown-terminal}, {@code unknown-node}, {@code limit}, {@code gone}
 * @param text for people
 */
public record Refusal(String code, String text) {
    private static final String LIMIT = "limit";

    static Refusal unknownTerminal(String terminal) {
        return new Refusal("unknown-terminal", "There is no terminal " + terminal + ".");
    }

    static Refusal unknownNode(String node) {
        return new Refusal("unknown-node", "There is no node " + node + " in this session.");
    }

    static Refusal limit(String text) {
        return new Refusal(LIMIT, text);
    }

    /** Whether the session has as much as it may have. */
    boolean isLimit() {
        return code.equals(LIMIT);
    }
}
