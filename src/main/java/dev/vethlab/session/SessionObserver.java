package dev.vethlab.session;

import dev.vethlab.engine.trace.TraceEvent;

/** Is told what all sessions do, to count it. Called on sessions' own threads, on the packet path: must not wait. */
public interface SessionObserver {
    /** Counts nothing. */
    SessionObserver NONE = new SessionObserver() {};

    /** A packet passed a stage. */
    default void traced(TraceEvent event) {}

    /** Programs of this name were started. */
    default void commands(String program, long count) {}

    /** Programs of this name answered that something is not emulated. */
    default void unsupported(String program, long count) {}

    /** An input was appended to its log, which took so many nanoseconds. */
    default void stored(long nanos) {}

    /** An input was stored and its effects began, so many nanoseconds after it came in. */
    default void taken(long nanos) {}

    /** A command that somebody waited for has ended, so many nanoseconds after it was asked for. */
    default void answered(long nanos) {}

    /** A session came back to memory, which took so many nanoseconds. */
    default void replayed(long nanos) {}

    /** Something was refused so many times because there is as much as there may be of what {@code limit} names. */
    default void limited(String limit, long count) {}

    /** A viewer was so slow that it was not sent so many stages of packets. */
    default void leftOut(long stages) {}

    /** A viewer was so slow that updates were gone before it had read them: it began anew. */
    default void fellBehind() {}

    /** A defect of the emulation came to light; the session goes on if it can. */
    default void failed(RuntimeException defect) {}
}
