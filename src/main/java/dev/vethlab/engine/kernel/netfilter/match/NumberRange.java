package dev.vethlab.engine.kernel.netfilter.match;

/** Numbers from {@code low} to {@code high}, both included. */
public record NumberRange(long low, long high) {
    boolean contains(long number) {
        return number >= low && number <= high;
    }

    /** {@code 80} or {@code 80:90}. */
    String text() {
        return low == high ? Long.toString(low) : low + ":" + high;
    }
}
