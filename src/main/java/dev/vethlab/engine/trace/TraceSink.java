package dev.vethlab.engine.trace;

/**
 * Who is told. Called on the packet path, in order; a sink that does not return holds the emulation itself, which is how stepping
 * works.
 */
public interface TraceSink {
    /** Is nobody: for emulations that nobody watches. */
    TraceSink NONE = new TraceSink() {
        @Override
        public void born(PacketBorn packet) {}

        @Override
        public void event(TraceEvent event) {}
    };

    void born(PacketBorn packet);

    void event(TraceEvent event);
}
