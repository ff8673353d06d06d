package dev.vethlab.session;

/** How virtual time passes. It decides when things happen on the wall clock, never what happens. */
public sealed interface Pace {
    Pace LIVE = new Live();
    Pace STEP = new Step();
    Pace FAST = new Fast();

    /** Virtual time follows the wall clock. */
    record Live() implements Pace {}

    /**
     * Virtual time is slower than the wall clock, so that the eye can follow.
     *
     * @param factor wall time by virtual time, 1 to 100000
     */
    record Slow(int factor) implements Pace {
        public static final int MAXIMUM = 100_000;

        public Slow {
            if (factor < 1 || factor > MAXIMUM) {
                throw new IllegalArgumentException("factor " + factor + " is not between 1 and " + MAXIMUM);
            }
        }
    }

    /** The clock stands until a step is asked for. */
    record Step() implements Pace {}

    /** As quickly as possible. */
    record Fast() implements Pace {}
}
