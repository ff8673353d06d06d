package dev.vethlab.engine.sim;

/** SplitMix64 (Steele, Lea, Flood 2014): small, fast, and the same on every machine and JDK. */
public final class SeededRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private long state;

    private SeededRandom(long state) {
        this.state = state;
    }

    /** The stream for one purpose of one seed: seed and the FNV-1a hash of the purpose, mixed. */
    static SeededRandom of(long seed, String purpose) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < purpose.length(); i++) {
            hash = (hash ^ purpose.charAt(i)) * 0x100000001B3L;
        }
        return new SeededRandom(mix(seed) ^ hash);
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** A number from 0 up to, not including, {@code bound} (&gt; 0). */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound " + bound);
        }
        return (int) Long.remainderUnsigned(nextLong(), bound);
    }

    /** A number from {@code low} to {@code high}, both included. */
    public int between(int low, int high) {
        return low + nextInt(high - low + 1);
    }

    /** A number from 0 up to, not including, 1. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** {@code digits} random lower-case hexadecimal digits. */
    public String hex(int digits) {
        var text = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(nextInt(16), 16));
        }
        return text.toString();
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
