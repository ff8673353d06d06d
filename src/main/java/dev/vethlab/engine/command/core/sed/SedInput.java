package dev.vethlab.engine.command.core.sed;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of all files as one stream; reads one ahead, to know which is the last. */
final class SedInput {
    private final EmulatedProcess self;
    private final ArrayDeque<String> names;
    private @Nullable LineReader reader;
    private @Nullable String ahead;
    private String name = "-";
    private boolean started;
    private boolean failed;
    private boolean aheadLacksNewline;
    private boolean lacksNewline;
    private boolean pending;
    private long number;

    SedInput(EmulatedProcess self, List<String> names) {
        this.self = self;
        this.names = new ArrayDeque<>(names);
    }

    /** The next line; null at the end of the last file. */
    @Nullable String next() {
        if (!started) {
            started = true;
            ahead = read();
        }
        lookAhead();
        String line = ahead;
        if (line == null) {
            return null;
        }
        lacksNewline = aheadLacksNewline;
        number++;
        pending = true;
        return line;
    }

    private void lookAhead() {
        if (pending) {
            pending = false;
            ahead = read();
        }
    }

    private @Nullable String read() {
        while (true) {
            LineReader current = reader;
            if (current != null) {
                String line = current.next();
                if (line != null) {
                    aheadLacksNewline = current.endsWithoutNewline();
                    return line;
                }
                current.close();
                reader = null;
            }
            String next = names.poll();
            if (next == null) {
                return null;
            }
            try {
                if (!next.equals("-") && self.context().files().isDirectory(self, next)) {
                    self.error("sed: read error on " + next + ": Is a directory");
                    failed = true;
                    continue;
                }
                reader = LineReader.open(self, next);
                name = next;
            } catch (KernelException e) {
                self.error("sed: can't read " + next + ": " + e.errno().message());
                failed = true;
            }
        }
    }

    boolean isLast() {
        lookAhead();
        return ahead == null;
    }

    /** Whether the present line ended the input without a newline. */
    boolean lastLacksNewline() {
        return lacksNewline;
    }

    long number() {
        return number;
    }

    String fileName() {
        return name;
    }

    boolean failed() {
        return failed;
    }
}
