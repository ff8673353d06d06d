package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.Output;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.SilentFile;
import dev.vethlab.engine.sim.Simulation;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;
import java.util.List;

/** What a container's processes wrote, for {@code logs} and for who is attached; the oldest is forgotten beyond a mebibyte. */
public final class OutputLog implements Output {
    private static final int LIMIT = 1 << 20;

    private final Simulation simulation;
    private final WaitQueue changed;
    private final List<Entry> entries = new ArrayList<>();
    private long forgotten;
    private int size;

    public OutputLog(Simulation simulation) {
        this.simulation = simulation;
        this.changed = new WaitQueue(simulation);
    }

    @Override
    public WaitQueue changed() {
        return changed;
    }

    @Override
    public long end() {
        return forgotten + entries.size();
    }

    @Override
    public List<Entry> from(long position) {
        int index = (int) Math.max(0, position - forgotten);
        return index >= entries.size() ? List.of() : List.copyOf(entries.subList(index, entries.size()));
    }

    private void append(boolean error, Bytes data) {
        entries.add(new Entry(simulation.now(), error, data));
        size += data.length();
        while (size > LIMIT) {
            size -= entries.removeFirst().data().length();
            forgotten++;
        }
        changed.wakeAll();
    }

    /** A file that writes into it: standard output, or standard error. */
    public OpenFile writer(boolean error) {
        return new Writer(error);
    }

    /** A terminal that nobody looks at: what is written to it is kept, its line ends as terminals have them. */
    public OpenFile screen() {
        return new Screen();
    }

    /** A terminal whose output is kept here as well. */
    public OpenFile tee(OpenFile terminal) {
        return new Tee(terminal);
    }

    private final class Writer extends OpenFile {
        private final boolean error;

        Writer(boolean error) {
            this.error = error;
        }

        @Override
        public Bytes read(EmulatedProcess reader, int limit) {
            return Bytes.EMPTY;
        }

        @Override
        public void write(EmulatedProcess writer, Bytes data) {
            append(error, data);
        }
    }

    private final class Screen extends SilentFile {
        @Override
        public void write(EmulatedProcess writer, Bytes data) {
            append(false, Bytes.of(data.text().replace("\n", "\r\n")));
        }

        @Override
        public boolean isTerminal() {
            return true;
        }
    }

    private final class Tee extends OpenFile {
        private final OpenFile terminal;

        Tee(OpenFile terminal) {
            this.terminal = terminal;
        }

        @Override
        public Bytes read(EmulatedProcess reader, int limit) {
            return terminal.read(reader, limit);
        }

        @Override
        public void write(EmulatedProcess writer, Bytes data) {
            append(false, data);
            terminal.write(writer, data);
        }

        @Override
        public boolean isTerminal() {
            return terminal.isTerminal();
        }
    }
}
