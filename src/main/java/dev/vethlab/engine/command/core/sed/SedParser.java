package dev.vethlab.engine.command.core.sed;

import com.google.re2j.Pattern;
import dev.vethlab.engine.command.core.Regex;
import dev.vethlab.engine.command.core.sed.SedCommand.Action;
import dev.vethlab.engine.command.core.sed.SedCommand.Address;
import dev.vethlab.engine.command.core.sed.SedCommand.Piece;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a script. Mistakes have GNU sed's words. */
final class SedParser {
    private static final int MAX_COMMANDS = 2_000;

    private final EmulatedProcess self;
    private final SedScript source;
    private final String script;
    private final boolean extended;
    private final List<SedCommand> commands;
    private final List<Integer> open = new ArrayList<>();
    private int position;

    static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message, null, false, false);
        }
    }

    SedParser(EmulatedProcess self, SedScript source, boolean extended, List<SedCommand> commands) {
        this.self = self;
        this.source = source;
        this.script = source.text();
        this.extended = extended;
        this.commands = commands;
    }

    void parse() throws Mistake {
        while (true) {
            skip(" \t\n;");
            if (position >= script.length()) {
                break;
            }
            if (peek() == '#') {
                skipLine();
                continue;
            }
            command();
            if (commands.size() > MAX_COMMANDS) {
                self.exit(Unsupported.answer(self, "sed: a script has " + MAX_COMMANDS + " commands at most"));
            }
        }
        if (!open.isEmpty()) {
            throw at0("unmatched `{'");
        }
    }

    private Mistake at0(String what) {
        return new Mistake("-e expression #1, char 0: " + what);
    }

    private Mistake error(String what) {
        return new Mistake(source.place(position) + ": " + what);
    }

    private char peek() {
        return position < script.length() ? script.charAt(position) : '\0';
    }

    private void skip(String characters) {
        while (position < script.length() && characters.indexOf(script.charAt(position)) >= 0) {
            position++;
        }
    }

    private String skipLine() {
        int end = script.indexOf('\n', position);
        String line = script.substring(position, end < 0 ? script.length() : end);
        position = end < 0 ? script.length() : end + 1;
        return line;
    }

    private void command() throws Mistake {
        Address from = address(false);
        Address to = null;
        skip(" \t");
        if (from != null && peek() == ',') {
            position++;
            skip(" \t");
            to = address(true);
            if (to == null) {
                position++;
                throw error("unexpected `,'");
            }
        }
        skip(" \t");
        if (from instanceof Address.Line line && line.number() == 0 && !(to instanceof Address.Match)) {
            position = Math.min(position + 1, script.length());
            throw error("invalid usage of line address 0");
        }
        boolean negated = peek() == '!';
        if (negated) {
            position++;
            skip(" \t");
            if (peek() == '!') {
                position++;
                throw error("multiple `!'s");
            }
        }
        if (position >= script.length()) {
            throw error("missing command");
        }
        char letter = script.charAt(position++);
        Action action = action(letter, from != null);
        if (action != null) {
            commands.add(new SedCommand(from, to, negated, action));
        }
    }

    private @Nullable Action action(char letter, boolean addressed) throws Mistake {
        switch (letter) {
            case '{' -> {
                open.add(commands.size());
                return new Action.Block(new int[1]);
            }
            case '}' -> {
                if (open.isEmpty()) {
                    throw error("unexpected `}'");
                }
                if (addressed) {
                    throw error("} doesn't want any addresses");
                }
                ((Action.Block) commands.get(open.removeLast()).action()).end()[0] = commands.size();
                end();
                return null;
            }
            case 's' -> {
                return substitute();
            }
            case 'y' -> {
                return transliterate();
            }
            case 'a', 'i', 'c' -> {
                return new Action.Simple(letter, text());
            }
            case ':', 'b', 't', 'T' -> {
                skip(" \t");
                int start = position;
                while (position < script.length() && "\n;".indexOf(script.charAt(position)) < 0 && (letter == ':' || peek() != '}')) {
                    position++;
                }
                String label = script.substring(start, position).strip();
                if (letter == ':' && label.isEmpty()) {
                    throw error("\":\" lacks a label");
                }
                return new Action.Simple(letter, label);
            }
            case 'r', 'w', 'R', 'W' -> {
                return new Action.Simple(letter, fileName());
            }
            case 'e' -> {
                self.exit(Unsupported.answer(self, "sed: the command e is not emulated"));
                return null;
            }
            case 'v' -> {
                skip(" \t");
                String version = word();
                if (!version.isEmpty() && !version.matches("[0-4](\\.\\d)?(\\..*)?")) {
                    throw error("expected newer version of sed");
                }
                end();
                return null;
            }
            case 'q', 'Q', 'l' -> {
                skip(" \t");
                int start = position;
                while (Character.isDigit(peek())) {
                    position++;
                }
                String number = script.substring(start, position);
                end();
                return new Action.Simple(letter, number);
            }
            case '=', 'd', 'D', 'g', 'G', 'h', 'H', 'n', 'N', 'p', 'P', 'x', 'z', 'F' -> {
                end();
                return new Action.Simple(letter, "");
            }
            default -> throw error("unknown command: `" + letter + "'");
        }
    }

    private String fileName() throws Mistake {
        skip(" \t");
        String name = skipLine();
        if (name.isEmpty()) {
            throw error("missing filename in r/R/w/W commands");
        }
        return name;
    }

    private String word() {
        int start = position;
        while (position < script.length() && " \t\n;}".indexOf(peek()) < 0) {
            position++;
        }
        return script.substring(start, position);
    }

    private void end() throws Mistake {
        skip(" \t");
        char next = peek();
        if (next == '\0' && position >= script.length() || next == '}' || next == '#') {
            return;
        }
        if (next != ';' && next != '\n') {
            position++;
            throw error("extra characters after command");
        }
        position++;
    }

    private String text() throws Mistake {
        skip(" \t");
        if (position >= script.length()) {
            throw error("expected \\ after `a', `c' or `i'");
        }
        if (peek() == '\\') {
            position++;
            int text = position;
            skip(" \t");
            // blanks behind the backslash belong to the text, unless the text begins on the next line
            position = peek() == '\n' ? position + 1 : text;
            if (position >= script.length()) {
                return "";
            }
        }
        var text = new StringBuilder();
        while (position < script.length() && script.charAt(position) != '\n') {
            char c = script.charAt(position++);
            if (c == '\\' && position < script.length()) {
                c = script.charAt(position++);
                c = c == 't' ? '\t' : c;
            }
            text.append(c);
        }
        position++;
        position = Math.min(position, script.length());
        return text.append('\n').toString();
    }

    private @Nullable Address address(boolean second) throws Mistake {
        char c = peek();
        if (c == '$') {
            position++;
            return new Address.Last();
        }
        if (second && (c == '+' || c == '~')) {
            position++;
            return c == '+' ? new Address.Count(number()) : new Address.Multiple(number());
        }
        if (Character.isDigit(c)) {
            long first = number();
            if (peek() == '~') {
                position++;
                return new Address.Step(first, number());
            }
            return new Address.Line(first);
        }
        if (c == '/' || c == '\\') {
            position++;
            char delimiter = c == '/' ? '/' : peek();
            position += c == '/' ? 0 : 1;
            String regex = delimited(delimiter, true);
            if (regex == null) {
                throw error("unterminated address regex");
            }
            boolean ignoreCase = false;
            boolean multiline = false;
            while (peek() == 'I' || peek() == 'M') {
                ignoreCase |= peek() == 'I';
                multiline |= peek() == 'M';
                position++;
            }
            return new Address.Match(pattern(regex, ignoreCase, multiline));
        }
        return null;
    }

    private long number() {
        int start = position;
        while (Character.isDigit(peek()) && position - start < 15) {
            position++;
        }
        return start == position ? 0 : Long.parseLong(script.substring(start, position));
    }

    private @Nullable Pattern pattern(String regex, boolean ignoreCase, boolean multiline) throws Mistake {
        if (regex.isEmpty()) {
            return null;
        }
        try {
            Pattern pattern = Regex.compile(self, SedEscapes.inRegex(regex), extended ? Regex.Syntax.EXTENDED : Regex.Syntax.BASIC,
                    ignoreCase);
            return multiline ? Pattern.compile(pattern.pattern(), pattern.flags() | Pattern.MULTILINE) : pattern;
        } catch (Regex.Mistake e) {
            if (String.valueOf(e.getMessage()).startsWith("character class syntax")) {
                self.error("sed: " + e.getMessage());
                self.exit(SedInput.PANIC);
            }
            throw error(e.getMessage() == null ? "" : e.getMessage());
        }
    }

    /** Up to the delimiter, which is consumed; null if it does not come. Of an escaped delimiter the backslash goes. */
    private @Nullable String delimited(char delimiter, boolean regex) {
        var text = new StringBuilder();
        boolean bracket = false;
        while (position < script.length()) {
            char c = script.charAt(position++);
            if (c == delimiter && !bracket) {
                return text.toString();
            }
            if (c == '\\' && position < script.length()) {
                char next = script.charAt(position++);
                if (next == delimiter) {
                    text.append(regex && "|+?(){}".indexOf(next) >= 0 ? "[" + next + "]" : String.valueOf(next));
                } else {
                    text.append('\\').append(next);
                }
                continue;
            }
            if (regex && c == '[' && !bracket) {
                bracket = true;
                text.append(c);
                if (peek() == '^') {
                    text.append(script.charAt(position++));
                }
                if (peek() == ']') {
                    text.append(script.charAt(position++));
                }
                continue;
            }
            if (c == ']' && bracket) {
                bracket = false;
            }
            text.append(c);
        }
        return null;
    }

    private Action substitute() throws Mistake {
        char delimiter = peek();
        position++;
        String regex = delimited(delimiter, true);
        String replacement = regex == null ? null : delimited(delimiter, false);
        if (regex == null || replacement == null) {
            throw error("unterminated `s' command");
        }
        boolean global = false;
        boolean prints = false;
        boolean ignoreCase = false;
        boolean multiline = false;
        int occurrence = 0;
        String file = "";
        while (true) {
            char flag = peek();
            if (Character.isDigit(flag)) {
                if (occurrence > 0) {
                    position++;
                    throw error("multiple number options to `s' command");
                }
                occurrence = (int) Math.min(1_000_000, number());
                if (occurrence == 0) {
                    throw error("number option to `s' command may not be zero");
                }
                continue;
            }
            if (flag == 'w') {
                position++;
                file = fileName();
                break;
            }
            if ("gpiIeMm".indexOf(flag) < 0 || flag == '\0') {
                break;
            }
            position++;
            if (flag == 'g' && global || flag == 'p' && prints) {
                throw error("multiple `" + flag + "' options to `s' command");
            }
            global |= flag == 'g';
            prints |= flag == 'p';
            ignoreCase |= flag == 'i' || flag == 'I';
            multiline |= flag == 'm' || flag == 'M';
            if (flag == 'e') {
                self.exit(Unsupported.answer(self, "sed: s///e is not emulated"));
            }
        }
        skip(" \t");
        if (position < script.length() && "};\n#".indexOf(peek()) < 0) {
            position++;
            throw error("unknown option to `s'");
        }
        Pattern pattern = pattern(regex, ignoreCase, multiline);
        List<Piece> pieces = pieces(replacement);
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Group group && pattern != null && group.number() > pattern.groupCount()) {
                throw error("invalid reference \\" + group.number() + " on `s' command's RHS");
            }
        }
        return new Action.Substitute(pattern, pieces, Math.max(1, occurrence), global, prints, file);
    }

    private static List<Piece> pieces(String replacement) {
        List<Piece> pieces = new ArrayList<>();
        var text = new StringBuilder();
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            Piece special = null;
            if (c == '&') {
                special = new Piece.Group(0);
            } else if (c == '\\' && i + 1 < replacement.length()) {
                char e = replacement.charAt(++i);
                if (Character.isDigit(e)) {
                    special = new Piece.Group(e - '0');
                } else if ("ULElu".indexOf(e) >= 0) {
                    special = new Piece.Case(e);
                } else {
                    SedEscapes.Escape escape = SedEscapes.at(replacement, i);
                    text.append(escape == null ? e : escape.character());
                    i += escape == null ? 0 : escape.length() - 1;
                }
            } else {
                text.append(c);
            }
            if (special != null) {
                if (!text.isEmpty()) {
                    pieces.add(new Piece.Text(text.toString()));
                    text.setLength(0);
                }
                pieces.add(special);
            }
        }
        if (!text.isEmpty()) {
            pieces.add(new Piece.Text(text.toString()));
        }
        return pieces;
    }

    private Action transliterate() throws Mistake {
        char delimiter = peek();
        position++;
        String from = delimited(delimiter, false);
        String to = from == null ? null : delimited(delimiter, false);
        if (from == null || to == null) {
            throw error("unterminated `y' command");
        }
        String plainFrom = from.replace("\\n", "\n").replace("\\\\", "\\");
        String plainTo = to.replace("\\n", "\n").replace("\\\\", "\\");
        if (plainFrom.length() != plainTo.length()) {
            throw error("strings for `y' command are different lengths");
        }
        end();
        return new Action.Transliterate(plainFrom, plainTo);
    }
}
