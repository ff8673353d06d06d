package dev.vethlab.session;

import dev.vethlab.engine.trace.TraceEvent;

/** Is told what all sessions do, to count it. Called on sessions' own threads, on the packet path: must not wait. */
public interface SessionObserver {
    /** Counts nothing. */
    SessionObserver NONE = new SessionObserver() {
        @Override
        public void traced(TraceEvent event) {}

        @Override
        public void commands(String program, long count) {}

        @Override
        public void unsupported(String program, long count) {}

        @Override
        public void stored(long nanos) {}

        @Override
        public void answered(long nanos) {}

        @Override
        public void replayed(long nanos) {}

        @Override
        public void limited() {}

        @Override
        public void fellBehind() {}

        @Override
        public void failed(RuntimeException defect) {}
    };

    /** A packet passed a stage. */
    void traced(TraceEvent event);

    /** Programs of this name were started. */
    void commands(String program, long count);

    /** Programs of this name answered that something is not emulated. */
    void unsupported(String program, long count);

    /** An input was appended to its log, which took so many nanoseconds. */
    void stored(long nanos);

    /** A command that somebody waited for has ended, so many nanoseconds after it was asked for. */
    void answered(long nanos);

    /** A session came back to memory, which took so many nanoseconds. */
    void replayed(long nanos);

    /** Something was refused because a session has as much as it may have. */
    void limited();

    /** A viewer was so slow that updates were gone before it had read them. */
    void fellBehind();

    /** A defect of the emulation came to light; the session goes on if it can. */
    void failed(RuntimeException defect);
}
