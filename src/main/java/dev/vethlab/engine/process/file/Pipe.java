package dev.vethlab.engine.process.file;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.sim.Simulation;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayDeque;
import java.util.List;

/** A pipe (pipe(7)) of 64 KiB: a writer blocks while it is full, and gets SIGPIPE when nobody reads any more. */
public final class Pipe {
    private static final int CAPACITY = 65536;

    private final ArrayDeque<Bytes> content = new ArrayDeque<>();
    private final WaitQueue changed;
    private int size;
    private boolean readerGone;
    private boolean writerGone;

    /** The end to read from. */
    public final OpenFile reader = new ReadEnd();

    /** The end to write to. */
    public final OpenFile writer = new WriteEnd();

    public Pipe(Simulation simulation) {
        changed = new WaitQueue(simulation);
    }

    private final class ReadEnd extends OpenFile {
        @Override
        public boolean canRead() {
            return size > 0 || writerGone;
        }

        @Override
        public List<WaitQueue> readable() {
            return List.of(changed);
        }

        @Override
        public Bytes read(EmulatedProcess process, int limit) {
            process.await(changed, () -> size > 0 || writerGone, EmulatedProcess.FOREVER);
            Bytes first = content.poll();
            if (first == null) {
                return Bytes.EMPTY;
            }
            if (first.length() > limit) {
                content.addFirst(first.slice(limit));
                first = first.slice(0, limit);
            }
            size -= first.length();
            changed.wakeAll();
            return first;
        }

        @Override
        public void write(EmulatedProcess process, Bytes data) {
            throw new IllegalStateException("written to a pipe's read end");
        }

        @Override
        protected void closed() {
            readerGone = true;
            changed.wakeAll();
        }
    }

    private final class WriteEnd extends OpenFile {
        @Override
        public Bytes read(EmulatedProcess process, int limit) {
            throw new IllegalStateException("read from a pipe's write end");
        }

        @Override
        public void write(EmulatedProcess process, Bytes data) {
            Bytes rest = data;
            while (!rest.isEmpty()) {
                process.await(changed, () -> size < CAPACITY || readerGone, EmulatedProcess.FOREVER);
                if (readerGone) {
                    process.signal(Signal.PIPE);
                    process.spend(0);
                    return;
                }
                Bytes part = rest.slice(0, Math.min(rest.length(), CAPACITY - size));
                content.add(part);
                size += part.length();
                rest = rest.slice(part.length());
                changed.wakeAll();
            }
        }

        @Override
        protected void closed() {
            writerGone = true;
            changed.wakeAll();
        }
    }
}
