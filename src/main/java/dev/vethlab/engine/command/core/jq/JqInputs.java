package dev.vethlab.engine.command.core.jq;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What jq reads: the values in its files, one after the other; lines with {@code -R}, all at once with {@code -s}. */
final class JqInputs {
    private final EmulatedProcess self;
    private final JqOptions options;
    private final List<String> files;
    private @Nullable String current;
    private @Nullable String text;
    private @Nullable JsonReader reader;
    private boolean slurped;
    private boolean failed;
    private int line;

    JqInputs(EmulatedProcess self, JqOptions options) {
        this.self = self;
        this.options = options;
        this.files = new ArrayList<>(options.files.isEmpty() ? List.of("-") : options.files);
    }

    /** Whether a file could not be read. */
    boolean failed() {
        return failed;
    }

    /** {@code <stdin>:3}: where the last value ended; {@code <unknown>} before anything was read. */
    String place() {
        return current == null ? "<unknown>" : (current.equals("-") ? "<stdin>" : current) + ":" + line();
    }

    int line() {
        return reader != null ? reader.linesRead() : line;
    }

    Json fileName() {
        return current == null || current.equals("-") ? Json.NULL : Json.of(current);
    }

    /** The next value; null at the end. @throws JsonReader.Malformed if there is something else */
    @Nullable Json next() throws JsonReader.Malformed {
        if (!options.slurp) {
            return options.rawInput ? nextLine() : nextValue();
        }
        if (slurped) {
            return null;
        }
        slurped = true;
        return options.rawInput ? allText() : allValues();
    }

    private Json allText() {
        var all = new StringBuilder();
        while (openNext()) {
            all.append(text);
        }
        return Json.of(all.toString());
    }

    private Json allValues() throws JsonReader.Malformed {
        List<Json> all = new ArrayList<>();
        for (Json value = nextValue(); value != null; value = nextValue()) {
            all.add(value);
        }
        return new Json.Arr(all);
    }

    private @Nullable Json nextLine() {
        while (text == null || text.isEmpty()) {
            if (!openNext()) {
                return null;
            }
        }
        int end = text.indexOf('\n');
        String found = end < 0 ? text : text.substring(0, end);
        text = end < 0 ? "" : text.substring(end + 1);
        line += end < 0 ? 0 : 1;
        return Json.of(found);
    }

    private @Nullable Json nextValue() throws JsonReader.Malformed {
        while (true) {
            Json value = reader == null ? null : reader.next();
            if (value != null) {
                return value;
            }
            if (!openNext()) {
                return null;
            }
            reader = new JsonReader(String.valueOf(text));
        }
    }

    private boolean openNext() {
        while (!files.isEmpty()) {
            current = files.removeFirst();
            line = 0;
            reader = null;
            try {
                text = readAll(self, current);
                return true;
            } catch (KernelException e) {
                failed = true;
                self.error(e.errno() == Errno.EISDIR
                        ? "jq: error: Is a directory"
                        : "jq: error: Could not open file " + current + ": " + e.errno().message());
            }
        }
        return false;
    }

    static String readAll(EmulatedProcess self, String name) throws KernelException {
        if (!name.equals("-") && self.context().files().isDirectory(self, name)) {
            throw new KernelException(Errno.EISDIR);
        }
        try (LineReader lines = LineReader.open(self, name)) {
            return lines.rest().text();
        }
    }
}
