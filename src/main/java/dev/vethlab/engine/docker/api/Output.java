package dev.vethlab.engine.docker.api;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.List;

/** What processes of a container wrote. Positions count the writes that ever were. */
public interface Output {
    /** One write: when, by which stream, what. */
    record Entry(long time, boolean error, Bytes data) {}

    /** The position after the last write. */
    long end();

    /** What was written from a position on, as far as it is kept. */
    List<Entry> from(long position);

    /** Wakes when something was written. */
    WaitQueue changed();
}
