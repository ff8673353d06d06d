package dev.vethlab.engine.command.core.sed;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of all files, as one stream or each for itself; reads one ahead, to know which is the last. */
final class SedInput {
    /** Status of {@code EXIT_PANIC} in {@code basicdefs.h}. */
    static final int PANIC = 4;

    /** Who wants to know where a file begins and ends: of these, the output goes elsewhere when editing in place. */
    interface Boundaries {
        /** Before the first line of a file is read. */
        void begins(String name) throws KernelException;

        /** After the last line of a file. */
        void ended();
    }

    private final EmulatedProcess self;
    private final ArrayDeque<String> names;
    private final int delimiter;
    private final boolean separate;
    private final Boundaries boundaries;
    private @Nullable LineReader reader;
    private @Nullable String ahead;
    private String name = "-";
    private boolean failed;
    private boolean aheadLacksNewline;
    private boolean lacksNewline;
    private long number;

    SedInput(EmulatedProcess self, List<String> names, Sed.Settings settings, Boundaries boundaries) {
        this.self = self;
        this.names = new ArrayDeque<>(names);
        this.delimiter = settings.delimiter();
        this.separate = settings.separate();
        this.boundaries = boundaries;
    }

    /** The next line; null at the end of the last file. */
    @Nullable String next() {
        String line = peek(true);
        if (line == null) {
            return null;
        }
        ahead = null;
        lacksNewline = aheadLacksNewline;
        number++;
        return line;
    }

    /** Whether no line follows, in this file if each stands for itself. */
    boolean isLast() {
        return peek(!separate) == null;
    }

    private @Nullable String peek(boolean beyondThisFile) {
        while (ahead == null) {
            LineReader current = reader;
            if (current != null) {
                ahead = current.next();
                aheadLacksNewline = current.endsWithoutNewline();
                if (ahead != null || !beyondThisFile) {
                    break;
                }
                end();
            } else if (names.isEmpty() || !beyondThisFile) {
                break;
            } else {
                open(names.poll());
            }
        }
        return ahead;
    }

    private void open(String next) {
        try {
            if (!next.equals("-") && self.context().files().isDirectory(self, next)) {
                self.error("sed: " + (separate ? "couldn't edit " + next + ": not a regular file"
                        : "read error on " + next + ": Is a directory"));
                self.exit(PANIC);
            }
            LineReader opened = LineReader.open(self, next, delimiter);
            boundaries.begins(next);
            reader = opened;
            name = next;
            number = separate ? 0 : number;
        } catch (KernelException e) {
            self.error("sed: can't read " + next + ": " + e.errno().message());
            failed = true;
        }
    }

    /** Reads no further. */
    void end() {
        LineReader current = reader;
        if (current != null) {
            current.close();
            reader = null;
            boundaries.ended();
        }
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
