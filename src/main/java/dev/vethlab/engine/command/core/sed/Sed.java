package dev.vethlab.engine.command.core.sed;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.vethlab.engine.command.core.sed.SedCommand.Action;
import dev.vethlab.engine.command.core.sed.SedCommand.Address;
import dev.vethlab.engine.command.core.sed.SedCommand.Piece;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code sed}: a script of commands run on every line of the input, with a pattern space and a hold space. */
public final class Sed {
    private static final int MAX_SPACE = 1 << 20;
    private static final int MAX_STEPS = 1_000_000;

    private final EmulatedProcess self;
    private final List<SedCommand> commands;
    private final boolean quiet;
    private final SedInput input;
    private final boolean[] inRange;
    private final long[] rangeEnd;
    private final Map<String, OpenFile> written = new TreeMap<>();
    private final List<String> appended = new ArrayList<>();
    private String pattern = "";
    private String hold = "";
    private @Nullable Pattern lastRegex;
    private boolean substituted;
    private boolean quits;
    private int status;

    private Sed(EmulatedProcess self, List<SedCommand> commands, boolean quiet, SedInput input) {
        this.self = self;
        this.commands = commands;
        this.quiet = quiet;
        this.input = input;
        this.inRange = new boolean[commands.size()];
        this.rangeEnd = new long[commands.size()];
    }

    /** The program. */
    public static int main(EmulatedProcess self) {
        List<String> argv = new ArrayList<>(self.arguments());
        argv.set(0, "sed");
        // -i takes its suffix only if it stands in the same word
        boolean inPlace = argv.removeIf(word -> word.equals("-i") || word.equals("--in-place"));
        for (int i = 1; i < argv.size(); i++) {
            if (argv.get(i).matches("-[nEr]+i|-i[nEr]+")) {
                argv.set(i, argv.get(i).replace("i", ""));
                inPlace = true;
            }
        }
        Getopt options = Getopt.parse(argv, "nEre:f:suz", "quiet=n", "silent=n", "regexp-extended=E", "expression:=e", "file:=f",
                "separate=s",
                "unbuffered=u", "null-data=z", "posix", "debug");
        if (options.error() != null) {
            self.error(options.error());
            self.error("Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...");
            return 1;
        }
        List<String> operands = new ArrayList<>(options.operands());
        var scripts = new ArrayList<String>();
        for (Getopt.Option option : options.options()) {
            if (option.name().equals("e")) {
                scripts.add(option.value());
            } else if (option.name().equals("f")) {
                try {
                    scripts.add(self.context().files().readAll(self, option.value()).text());
                } catch (KernelException e) {
                    self.error("sed: couldn't open file " + option.value() + ": " + e.errno().message());
                    return 1;
                }
            }
        }
        if (!options.has("e") && !options.has("f")) {
            if (operands.isEmpty()) {
                self.error("Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...");
                return 1;
            }
            scripts.add(operands.removeFirst());
        }
        List<SedCommand> commands = new ArrayList<>();
        String script = String.join("\n", scripts);
        boolean quiet = options.has("n") || script.startsWith("#n\n");
        try {
            new SedParser(self, script, options.has("E") || options.has("r"), commands).parse();
        } catch (SedParser.Mistake e) {
            self.error("sed: " + e.getMessage());
            return 1;
        }
        for (SedCommand command : commands) {
            if (command.action() instanceof Action.Simple jump && "btT".indexOf(jump.letter()) >= 0 && !jump.text().isEmpty()
                    && labelIndex(commands, jump.text()) < 0) {
                self.error("sed: -e expression #1, char " + script.length() + ": can't find label for jump to `" + jump.text() + "'");
                return 1;
            }
        }
        if (inPlace) {
            return inPlace(self, commands, quiet, operands);
        }
        var input = new SedInput(self, operands.isEmpty() ? List.of("-") : operands);
        return Math.max(new Sed(self, commands, quiet, input).run(), input.failed() ? 2 : 0);
    }

    private static int inPlace(EmulatedProcess self, List<SedCommand> commands, boolean quiet, List<String> names) {
        int status = 0;
        if (names.isEmpty()) {
            self.error("sed: no input files");
            return 1;
        }
        OpenFile output = self.descriptor(1);
        output.retain();
        for (String name : names) {
            var input = new SedInput(self, List.of(name));
            String target = name + ".sed-new";
            try {
                self.context().files().stat(self, name);
                self.setDescriptor(1, self.context().files().open(self, target, OpenMode.WRITE));
                status = Math.max(status, new Sed(self, commands, quiet, input).run());
                self.context().files().rename(self, target, name);
            } catch (KernelException e) {
                self.error("sed: can't read " + name + ": " + e.errno().message());
                status = 2;
            }
        }
        self.setDescriptor(1, output);
        output.release();
        return status;
    }

    private static int labelIndex(List<SedCommand> commands, String label) {
        for (int i = 0; i < commands.size(); i++) {
            if (commands.get(i).action() instanceof Action.Simple s && s.letter() == ':' && s.text().equals(label)) {
                return i;
            }
        }
        return -1;
    }

    private int run() {
        while (!quits) {
            String line = input.next();
            if (line == null) {
                break;
            }
            pattern = line;
            cycle();
        }
        written.values().forEach(OpenFile::release);
        return status;
    }

    private void print(String text) {
        self.print(text + (input.lastLacksNewline() ? "" : "\n"));
    }

    private void flushAppended() {
        for (String text : appended) {
            self.print(text);
        }
        appended.clear();
    }

    private void cycle() {
        boolean again = true;
        while (again) {
            int end = execute();
            again = end == RESTART;
            if (end != DELETED && end != RESTART && !quiet) {
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
            rangeEnd[index] = to instanceof Address.Count count ? input.number() + count.count() : to instanceof Address.Line line
                    ? line.number() : 0;
            boolean one = !(to instanceof Address.Match) && !(to instanceof Address.Last) && !(to instanceof Address.Step)
                    && rangeEnd[index] <= input.number();
            inRange[index] = !one;
            if (zero && matches(to)) {
                inRange[index] = false;
            }
            return true;
        }
        boolean ends = switch (to) {
            case Address.Line line -> input.number() >= rangeEnd[index];
            case Address.Count count -> input.number() >= rangeEnd[index];
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
            case 'P' -> self.println(pattern.split("\n", 2)[0]);
            case '=' -> self.println(Long.toString(input.number()));
            case 'd' -> {
                return DELETED;
            }
            case 'D' -> {
                int newline = pattern.indexOf('\n');
                if (newline < 0) {
                    return DELETED;
                }
                pattern = pattern.substring(newline + 1);
                return RESTART;
            }
            case 'g' -> pattern = hold;
            case 'G' -> pattern = pattern + "\n" + hold;
            case 'h' -> hold = pattern;
            case 'H' -> hold = hold + "\n" + pattern;
            case 'x' -> {
                String other = hold;
                hold = pattern;
                pattern = other;
            }
            case 'z' -> pattern = "";
            case 'F' -> self.println(input.fileName());
            case 'l' -> self.println(visible(pattern) + "$");
            case 'n', 'N' -> {
                return nextLine(action.letter() == 'N', index);
            }
            case 'a' -> appended.add(action.text());
            case 'i' -> self.print(action.text());
            case 'c' -> {
                if (command.to() == null || !inRange[index] || command.negated()) {
                    self.print(action.text());
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
            case 'w' -> write(action.text(), pattern + "\n");
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
        return label.isEmpty() ? DONE : labelIndex(commands, label);
    }

    private int nextLine(boolean joins, int index) {
        if (input.isLast()) {
            quits = true;
            // without a next line GNU prints the pattern space, and ends
            return DONE;
        }
        if (!joins && !quiet) {
            print(pattern);
        }
        flushAppended();
        String line = input.next();
        pattern = joins ? pattern + "\n" + line : String.valueOf(line);
        return index + 1;
    }

    private static String visible(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\033", "\\033");
    }

    private void write(String name, String text) {
        if (name.equals("/dev/stdout")) {
            self.print(text);
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
            write(action.file(), pattern + "\n");
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
