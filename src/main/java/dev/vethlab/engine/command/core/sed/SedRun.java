package dev.vethlab.engine.command.core.sed;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.command.core.sed.SedCommand.Action;
import dev.vethlab.engine.command.core.sed.SedCommand.Address;
import dev.vethlab.engine.command.core.sed.SedCommand.Piece;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A script at work: the pattern space, the hold space, and what has been written. */
final class SedRun implements SedInput.Boundaries {
    private static final int MAX_SPACE = 1 << 20;
    private static final int MAX_STEPS = 1_000_000;

    private final EmulatedProcess self;
    private final List<SedCommand> commands;
    private final Sed.Settings settings;
    private final boolean[] inRange;
    private final long[] rangeEnd;
    private final Map<String, OpenFile> written = new TreeMap<>();
    private final Map<String, LineReader> read = new TreeMap<>();
    private final List<String> appended = new ArrayList<>();
    private SedInput input;
    private String pattern = "";
    private String hold = "";
    private boolean lacksNewline;
    private @Nullable Pattern lastRegex;
    private boolean substituted;
    private boolean quits;
    private int status;

    SedRun(EmulatedProcess self, List<SedCommand> commands, Sed.Settings settings) {
        this.self = self;
        this.commands = commands;
        this.settings = settings;
        this.input = new SedInput(self, List.of(), settings, this);
        this.inRange = new boolean[commands.size()];
        this.rangeEnd = new long[commands.size()];
    }

    /** Runs to the end of the input, or to {@code q}; the exit status. */
    int run(SedInput lines) {
        input = lines;
        while (!quits) {
            String line = input.next();
            if (line == null) {
                break;
            }
            pattern = line;
            cycle();
        }
        input.end();
        written.values().forEach(OpenFile::release);
        return status;
    }

    @Override
    public void begins(String file) {
        if (settings.separate()) {
            hold = "";
            Arrays.fill(inRange, false);
        }
    }

    @Override
    public void ended() {
        lacksNewline = lacksNewline && !settings.separate();
    }

    /** What the last line lacked at its end comes before what follows ({@code output_missing_newline}). */
    private void out(String text) {
        self.print(lacksNewline ? settings.delimiter() + text : text);
        lacksNewline = false;
    }

    private void print(String text) {
        out(input.lastLacksNewline() ? text : text + settings.delimiter());
        lacksNewline = input.lastLacksNewline();
    }

    private void flushAppended() {
        appended.forEach(this::out);
        appended.clear();
    }

    private void cycle() {
        boolean again = true;
        while (again) {
            int end = execute();
            again = end == RESTART;
            if (end != DELETED && end != RESTART && !settings.quiet()) {
                print(pattern);
            }
            flushAppended();
        }
    }

    private static final int DONE = -1;
    private static final int DELETED = -2;
    private static final int RESTART = -3;

    private int execute() {
        int next = 0;
        int steps = 0;
        while (next >= 0 && next < commands.size()) {
            if (++steps % 1_000 == 0) {
                self.spend(1_000_000);
            }
            if (steps > MAX_STEPS || pattern.length() > MAX_SPACE || hold.length() > MAX_SPACE) {
                self.error("vethlab: sed: too much for one line");
                self.exit(4);
            }
            SedCommand command = commands.get(next);
            boolean selected = selected(next, command) != command.negated();
            next = switch (command.action()) {
                case Action.Block block -> selected ? next + 1 : block.end()[0];
                case Action.Simple simple -> selected ? simple(simple, next, command) : next + 1;
                case Action.Substitute substitute -> {
                    if (selected) {
                        substitute(substitute);
                    }
                    yield next + 1;
                }
                case Action.Transliterate transliterate -> {
                    if (selected) {
                        var text = new StringBuilder();
                        pattern.chars().forEach(c -> {
                            int at = transliterate.from().indexOf(c);
                            text.append(at < 0 ? (char) c : transliterate.to().charAt(at));
                        });
                        pattern = text.toString();
                    }
                    yield next + 1;
                }
            };
        }
        return next < 0 ? next : DONE;
    }

    private boolean selected(int index, SedCommand command) {
        Address from = command.from();
        if (from == null) {
            return true;
        }
        Address to = command.to();
        if (to == null) {
            return matches(from);
        }
        if (!inRange[index]) {
            boolean zero = from instanceof Address.Line line && line.number() == 0 && input.number() == 1;
            if (!zero && !matches(from)) {
                return false;
            }
            rangeEnd[index] = switch (to) {
                case Address.Line line -> line.number();
                case Address.Count count -> input.number() + count.count();
                case Address.Multiple m -> m.multiple() <= 0 ? 0 : (input.number() / m.multiple() + 1) * m.multiple();
                case Address.Match match -> Long.MAX_VALUE;
                case Address.Last last -> Long.MAX_VALUE;
                case Address.Step step -> Long.MAX_VALUE;
            };
            boolean one = rangeEnd[index] <= input.number();
            inRange[index] = !one;
            if (zero && matches(to)) {
                inRange[index] = false;
            }
            return true;
        }
        boolean ends = switch (to) {
            case Address.Line line -> input.number() >= rangeEnd[index];
            case Address.Count count -> input.number() >= rangeEnd[index];
            case Address.Multiple multiple -> input.number() >= rangeEnd[index];
            default -> matches(to);
        };
        if (to instanceof Address.Line && input.number() > rangeEnd[index]) {
            inRange[index] = false;
            return matches(from);
        }
        inRange[index] = !ends;
        return true;
    }

    private boolean matches(Address address) {
        return switch (address) {
            case Address.Line line -> input.number() == line.number();
            case Address.Last last -> input.isLast();
            case Address.Match match -> regex(match.pattern()).matcher(pattern).find();
            case Address.Step step -> step.step() <= 0 ? input.number() == step.first()
                    : input.number() >= step.first() && (input.number() - step.first()) % step.step() == 0;
            case Address.Count count -> false;
            case Address.Multiple multiple -> false;
        };
    }

    /** The pattern, or for an empty one that which was used last. */
    private Pattern regex(@Nullable Pattern given) {
        Pattern regex = given == null ? lastRegex : given;
        if (regex == null) {
            self.error("sed: -e expression #1, char 0: no previous regular expression");
            self.exit(1);
            throw new IllegalStateException();
        }
        lastRegex = regex;
        return regex;
    }

    private int simple(Action.Simple action, int index, SedCommand command) {
        switch (action.letter()) {
            case 'p' -> print(pattern);
            case 'P' -> out(firstLine() + settings.delimiter());
            case '=' -> out(input.number() + "\n");
            case 'd' -> {
                return DELETED;
            }
            case 'D' -> {
                int newline = pattern.indexOf(settings.delimiter());
                if (newline < 0) {
                    return DELETED;
                }
                pattern = pattern.substring(newline + 1);
                return RESTART;
            }
            case 'g' -> pattern = hold;
            case 'G' -> pattern = pattern + settings.delimiter() + hold;
            case 'h' -> hold = pattern;
            case 'H' -> hold = hold + settings.delimiter() + pattern;
            case 'x' -> {
                String other = hold;
                hold = pattern;
                pattern = other;
            }
            case 'z' -> pattern = "";
            case 'F' -> out(input.fileName() + "\n");
            case 'l' -> list(action.text().isEmpty() ? settings.width() : (int) Math.min(Long.parseLong(action.text()), MAX_SPACE));
            case 'n', 'N' -> {
                return nextLine(action.letter() == 'N', index);
            }
            case 'a' -> appended.add(action.text());
            case 'i' -> out(action.text());
            case 'c' -> {
                if (command.to() == null || !inRange[index] || command.negated()) {
                    out(action.text());
                }
                return DELETED;
            }
            case 'r' -> {
                try {
                    appended.add(self.context().files().readAll(self, action.text()).text());
                } catch (KernelException e) {
                    // GNU sed passes over a file that it cannot read
                }
            }
            case 'R' -> appendLine(action.text());
            case 'w' -> write(action.text(), pattern + settings.delimiter());
            case 'W' -> write(action.text(), firstLine() + settings.delimiter());
            case 'q', 'Q' -> {
                quits = true;
                status = action.text().isEmpty() ? 0 : Integer.parseInt(action.text()
                        .substring(0, Math.min(3, action.text().length()))) & 0xFF;
                return action.letter() == 'q' ? DONE : DELETED;
            }
            case ':' -> {}
            case 'b' -> {
                return jump(action.text());
            }
            case 't', 'T' -> {
                boolean goes = substituted == (action.letter() == 't');
                substituted = false;
                if (goes) {
                    return jump(action.text());
                }
            }
            default -> throw new IllegalStateException("command " + action.letter());
        }
        return index + 1;
    }

    private int jump(String label) {
        return label.isEmpty() ? DONE : SedCommand.label(commands, label);
    }

    private int nextLine(boolean joins, int index) {
        if (input.isLast()) {
            quits = true;
            // without a next line GNU prints the pattern space, and ends
            return DONE;
        }
        if (!joins && !settings.quiet()) {
            print(pattern);
        }
        flushAppended();
        String line = input.next();
        pattern = joins ? pattern + settings.delimiter() + line : String.valueOf(line);
        return index + 1;
    }

    private String firstLine() {
        int end = pattern.indexOf(settings.delimiter());
        return end < 0 ? pattern : pattern.substring(0, end);
    }

    private void appendLine(String name) {
        try {
            LineReader reader = read.get(name);
            if (reader == null) {
                reader = LineReader.open(self, name, settings.delimiter());
                read.put(name, reader);
            }
            String line = reader.next();
            if (line != null) {
                appended.add(line + settings.delimiter());
            }
        } catch (KernelException e) {
            // GNU sed passes over a file that it cannot read
        }
    }

    /** The pattern space in visible characters, in lines of {@code width} with what continues them ({@code do_list}). */
    private void list(int width) {
        var text = new StringBuilder();
        int column = 0;
        for (byte b : Bytes.of(pattern).toArray()) {
            String shown = visible((char) (b & 0xFF));
            if (width > 0 && column + shown.length() > width - 1) {
                text.append("\\\n");
                column = 0;
            }
            text.append(shown);
            column += shown.length();
        }
        out(text + "$\n");
    }

    private static String visible(char c) {
        int known = "\\\007\b\f\n\r\t\013".indexOf(c);
        return known >= 0 ? "\\" + "\\abfnrtv".charAt(known) : c < ' ' || c > '~' ? "\\%03o".formatted((int) c) : String.valueOf(c);
    }

    private void write(String name, String text) {
        if (name.equals("/dev/stdout")) {
            out(text);
            return;
        }
        OpenFile file = written.get(name);
        if (file == null) {
            try {
                file = self.context().files().open(self, name, OpenMode.WRITE);
                file.retain();
                written.put(name, file);
            } catch (KernelException e) {
                self.error("sed: couldn't open file " + name + ": " + e.errno().message());
                self.exit(4);
                return;
            }
        }
        file.write(self, Bytes.of(text));
    }

    private void substitute(Action.Substitute action) {
        Matcher matcher = regex(action.pattern()).matcher(pattern);
        var result = new StringBuilder();
        int copied = 0;
        int count = 0;
        boolean changed = false;
        int from = 0;
        while (from <= pattern.length() && matcher.find(from)) {
            boolean emptyAfterMatch = matcher.start() == matcher.end() && matcher.start() == copied && changed && copied > 0
                    && from == copied;
            count += emptyAfterMatch ? 0 : 1;
            if (!emptyAfterMatch && count >= action.occurrence()) {
                result.append(pattern, copied, matcher.start()).append(replacement(matcher, action.replacement()));
                copied = matcher.end();
                changed = true;
                if (!action.global()) {
                    break;
                }
            }
            from = matcher.end() == matcher.start() ? matcher.end() + 1 : matcher.end();
        }
        if (!changed) {
            return;
        }
        pattern = result + pattern.substring(copied);
        substituted = true;
        if (action.prints()) {
            print(pattern);
        }
        if (!action.file().isEmpty()) {
            write(action.file(), pattern + settings.delimiter());
        }
    }

    private static String replacement(Matcher matcher, List<Piece> pieces) {
        var text = new StringBuilder();
        char mode = 'E';
        char once = ' ';
        for (Piece piece : pieces) {
            String part = switch (piece) {
                case Piece.Text t -> t.text();
                case Piece.Group g -> matcher.group(g.number()) == null ? "" : matcher.group(g.number());
                case Piece.Case c -> "";
            };
            if (piece instanceof Piece.Case c) {
                if (c.mode() == 'l' || c.mode() == 'u') {
                    once = c.mode();
                } else {
                    mode = c.mode();
                }
                continue;
            }
            part = mode == 'U' ? part.toUpperCase(Locale.ROOT) : mode == 'L' ? part.toLowerCase(Locale.ROOT) : part;
            if (once != ' ' && !part.isEmpty()) {
                String head = part.substring(0, 1);
                part = (once == 'u' ? head.toUpperCase(Locale.ROOT) : head.toLowerCase(Locale.ROOT)) + part.substring(1);
                once = ' ';
            }
            text.append(part);
        }
        return text.toString();
    }
}
