package dev.vethlab.engine.kernel.route;

/** How far away a destination is ({@code enum rt_scope_t}); a nearer one has the higher number. */
public enum Scope {
    GLOBAL(0, "global"),
    SITE(200, "site"),
    LINK(253, "link"),
    HOST(254, "host"),
    NOWHERE(255, "nowhere");

    private final int number;
    private final String text;

    Scope(int number, String text) {
        this.number = number;
        this.text = text;
    }

    public int number() {
        return number;
    }

    public String text() {
        return text;
    }
}
