package dev.vethlab.engine.kernel.netfilter.set;

/** An element's extensions: how long it stays, what it counted, what is said of it. */
public final class SetEntry {
    private static final long SECOND = 1_000_000_000L;

    private final SetElement element;
    private final Attributes attributes;
    private final long expires;
    private long packets;
    private long bytes;

    /**
     * What {@code ipset add} says besides the element.
     *
     * @param timeout seconds; {@link SetOptions#NO_TIMEOUT} for the set's own
     * @param packets counters to begin with, {@code bytes} too; -1 if not given
     * @param comment empty if there is none
     * @param noMatch an exception within a larger network
     * @param skb mark, priority and queue as printed; empty if there are none
     */
    public record Attributes(int timeout, long packets, long bytes, String comment, boolean noMatch, String skb) {
        public static final Attributes NONE = new Attributes(SetOptions.NO_TIMEOUT, -1, -1, "", false, "");
    }

    SetEntry(SetElement element, Attributes attributes, long expires) {
        this.element = element;
        this.attributes = attributes;
        this.expires = expires;
        this.packets = Math.max(0, attributes.packets);
        this.bytes = Math.max(0, attributes.bytes);
    }

    public SetElement element() {
        return element;
    }

    public Attributes attributes() {
        return attributes;
    }

    public long packets() {
        return packets;
    }

    public long bytes() {
        return bytes;
    }

    void count(int length) {
        packets++;
        bytes += length;
    }

    boolean isOver(long now) {
        return expires != 0 && expires <= now;
    }

    /** Whole seconds until it goes, at least 1; 0 if it stays for ever ({@code ip_set_timeout_get}). */
    public long secondsLeft(long now) {
        return expires == 0 ? 0 : Math.max(1, (expires - now) / SECOND);
    }
}
