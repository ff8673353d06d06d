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
        public void failed(RuntimeException defect) {}
    };

    /** A packet passed a stage. */
    void traced(TraceEvent event);

    /** Programs of this name were started. */
    void commands(String program, long count);

    /** Programs of this name answered that something is not emulated. */
    void unsupported(String program, long count);

    /** A defect of the emulation came to light; the session goes on if it can. */
    void failed(RuntimeException defect);
}
