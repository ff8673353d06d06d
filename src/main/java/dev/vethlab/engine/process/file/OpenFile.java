package dev.vethlab.engine.process.file;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.List;

/** Something open that processes share: a pipe's end, a terminal, a file at a position. Closed when the last one lets go. */
public abstract class OpenFile {
    private int holders;

    /** Up to {@code limit} bytes, at least one; empty at the end. Blocks the reader while there is nothing yet. */
    public abstract Bytes read(EmulatedProcess reader, int limit);

    /** Whether {@link #read} would return at once ({@code POLLIN}). */
    public boolean canRead() {
        return true;
    }

    /** What wakes when {@link #canRead} may have changed; nothing for what never blocks. */
    public List<WaitQueue> readable() {
        return List.of();
    }

    /** Writes all of {@code data}; blocks the writer while there is no room. */
    public abstract void write(EmulatedProcess writer, Bytes data);

    /** Writes a diagnostic, which nobody misses if it cannot be written. */
    public final void report(EmulatedProcess writer, String text) {
        try {
            write(writer, Bytes.of(text));
        } catch (FileError e) {
            // as a program that does not look at what fprintf(stderr) returns
        }
    }

    /** The last holder let go. */
    protected void closed() {}

    /** Whether this is a terminal ({@code isatty}). */
    public boolean isTerminal() {
        return false;
    }

    public final void retain() {
        holders++;
    }

    public final void release() {
        if (--holders == 0) {
            closed();
        }
    }
}
