package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How {@code grep} shows what it found: what stands before a line, and in which colours ({@code src/grep.c}, {@code GREP_COLORS}). */
final class GrepOutput {
    private static final String MATCH = "01;31";
    private static final String NAME = "35";
    private static final String NUMBER = "32";
    private static final String SEPARATOR = "36";

    private final EmulatedProcess self;
    private final List<SearchPattern> patterns;
    private final boolean numbers;
    private final boolean offsets;
    private final boolean aligned;
    private final boolean inverted;
    private final boolean coloured;
    private final String afterName;
    private final String lineEnd;
    /** Whether the file's name stands before a line. */
    boolean titles;

    GrepOutput(EmulatedProcess self, Getopt options, List<SearchPattern> patterns) {
        this.self = self;
        this.patterns = patterns;
        this.numbers = options.has("n");
        this.offsets = options.has("b");
        this.aligned = options.has("T");
        this.inverted = options.has("v");
        String when = options.value("color");
        this.coloured = when != null && (List.of("always", "yes", "force").contains(when)
                || List.of("auto", "tty", "if-tty", "").contains(when) && self.descriptor(1).isTerminal());
        this.afterName = options.has("Z") ? "\0" : "";
        this.lineEnd = options.has("z") ? "\0" : "\n";
    }

    /** A line that was selected, or one around it, whose separator is a {@code -}. */
    void line(String name, long number, long offset, boolean selected, String text) {
        head(name, number, offset, selected ? ":" : "-");
        self.print((coloured && selected && !inverted ? highlighted(text) : text) + lineEnd);
    }

    /** Every match of a line by itself. */
    void matches(String name, long number, long offset, String text) {
        int from = 0;
        while (true) {
            SearchPattern.Span match = next(text, from);
            if (match == null) {
                return;
            }
            if (match.end() > match.start()) {
                head(name, number, offset + bytes(text.substring(0, match.start())), ":");
                self.print(colour(MATCH, text.substring(match.start(), match.end())) + lineEnd);
            }
            from = Math.max(match.end(), match.start() + 1);
        }
    }

    /** Between groups of lines. */
    void gap() {
        self.println(colour(SEPARATOR, "--"));
    }

    void name(String name) {
        self.print(colour(NAME, name) + (afterName.isEmpty() ? "\n" : afterName));
    }

    void count(String name, long count) {
        self.println((titles ? colour(NAME, name) + afterName(":") : "") + count);
    }

    /** How many bytes a text takes in a file. */
    static int bytes(String text) {
        return Bytes.of(text).length();
    }

    private void head(String name, long number, long offset, String separator) {
        String sign = colour(SEPARATOR, separator);
        if (titles) {
            self.print(colour(NAME, name) + afterName(separator));
        }
        if (numbers) {
            self.print(colour(NUMBER, shown(number)) + sign);
        }
        if (offsets) {
            self.print(colour(NUMBER, shown(offset)) + sign);
        }
        if (aligned && (titles || numbers || offsets)) {
            self.print("\t");
        }
    }

    private String afterName(String separator) {
        return afterName.isEmpty() ? colour(SEPARATOR, separator) : afterName;
    }

    private String shown(long number) {
        return aligned ? "%2d".formatted(number) : Long.toString(number);
    }

    private String highlighted(String text) {
        var out = new StringBuilder();
        int copied = 0;
        for (SearchPattern.Span match = next(text, 0); match != null; match = next(text, Math.max(match.end(), match.start() + 1))) {
            if (match.end() > match.start()) {
                out.append(text, copied, match.start()).append(colour(MATCH, text.substring(match.start(), match.end())));
                copied = match.end();
            }
        }
        return out.append(text, copied, text.length()).toString();
    }

    private String colour(String colour, String text) {
        return coloured ? "\033[" + colour + "m\033[K" + text + "\033[m\033[K" : text;
    }

    /** The leftmost match from there on, of several the longest. */
    private SearchPattern.@Nullable Span next(String text, int from) {
        SearchPattern.Span best = null;
        for (SearchPattern pattern : patterns) {
            SearchPattern.Span span = pattern.next(text, from);
            if (span != null && (best == null || span.start() < best.start() || span.start() == best.start() && span.end() > best.end())) {
                best = span;
            }
        }
        return best;
    }
}
