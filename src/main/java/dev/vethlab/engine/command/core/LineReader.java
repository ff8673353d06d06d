package dev.vethlab.engine.command.core;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line. A line is cut at {@value #MAX_LINE} bytes. */
public final class LineReader implements AutoCloseable {
    /** What a line takes that is held, beside its text. */
    private static final int HELD_LINE = 56;

    private static final int MAX_LINE = 1 << 20;

    private final EmulatedProcess self;
    private final OpenFile file;
    private final int delimiter;
    private Bytes buffer = Bytes.EMPTY;
    private boolean endsWithoutNewline;
    private boolean closed;

    private LineReader(EmulatedProcess self, OpenFile file, int delimiter) {
        this.self = self;
        this.file = file;
        this.delimiter = delimiter;
        file.retain();
        // a program that ends amid its input, as sed does at q, leaves no reader behind: who writes into the pipe gets SIGPIPE
        self.onExit(this::close);
    }

    /** Opens a file; {@code -} is standard input. */
    public static LineReader open(EmulatedProcess self, String name) throws KernelException {
        return open(self, name, '\n');
    }

    public static LineReader open(EmulatedProcess self, String name, int delimiter) throws KernelException {
        OpenFile file = name.equals("-") ? self.descriptor(0) : self.context().files().open(self, name, OpenMode.READ);
        return new LineReader(self, file, delimiter);
    }

    public static LineReader of(EmulatedProcess self, OpenFile file) {
        return new LineReader(self, file, '\n');
    }

    /** All of standard input. Ends the program if there is no memory for it. */
    public static Bytes standardInput(EmulatedProcess self) {
        try (LineReader input = of(self, self.descriptor(0))) {
            return input.rest();
        }
    }

    /** The next line without its newline; null at the end. */
    public @Nullable String next() {
        ByteArrayOutputStream line = null;
        while (true) {
            int end = 0;
            while (end < buffer.length() && buffer.get(end) != delimiter) {
                end++;
            }
            if (end < buffer.length()) {
                Bytes part = buffer.slice(0, end);
                buffer = buffer.slice(end + 1);
                if (line == null) {
                    return part.text();
                }
                line.writeBytes(part.toArray());
                return Bytes.of(line.toByteArray()).text();
            }
            line = line == null ? new ByteArrayOutputStream() : line;
            line.writeBytes(buffer.toArray());
            buffer = Bytes.EMPTY;
            if (line.size() > MAX_LINE) {
                return Bytes.of(line.toByteArray()).text();
            }
            buffer = file.read(self, 65536);
            if (buffer.isEmpty()) {
                endsWithoutNewline = line.size() > 0;
                return endsWithoutNewline ? Bytes.of(line.toByteArray()).text() : null;
            }
        }
    }

    /** Whether the last line had no newline at its end. */
    public boolean endsWithoutNewline() {
        return endsWithoutNewline;
    }

    /** Some of what is left, {@code max} bytes at most; nothing at the end. Reads no more than it gives. */
    public Bytes bytes(int max) {
        if (buffer.isEmpty()) {
            return file.read(self, max);
        }
        Bytes part = buffer.slice(0, Math.min(max, buffer.length()));
        buffer = buffer.slice(part.length());
        return part;
    }

    /** All that is left. Ends the program if there is no memory for it. */
    public Bytes rest() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(buffer.toArray());
        for (Bytes part = file.read(self, 65536); !part.isEmpty(); part = file.read(self, 65536)) {
            all.writeBytes(part.toArray());
            self.hold(part.length());
        }
        buffer = Bytes.EMPTY;
        return Bytes.of(all.toByteArray());
    }

    /** Adds all lines that are left. Ends the program if there is no memory for them. */
    void allInto(List<String> lines) {
        for (String line = next(); line != null; line = next()) {
            self.hold(HELD_LINE + line.length());
            lines.add(line);
        }
    }

    /** All lines of some files, in order; {@code false} of {@code failed} turns true if one could not be read. */
    public static List<String> all(EmulatedProcess self, List<String> names, boolean[] failed) {
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            try (LineReader reader = open(self, name)) {
                reader.allInto(lines);
            } catch (KernelException e) {
                Gnu.complain(self, name, e);
                failed[0] = true;
            }
        }
        return lines;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            file.release();
        }
    }
}
