package dev.vethlab.engine.command.core.awk;

import com.google.re2j.Pattern;
import dev.vethlab.engine.command.core.Regex;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;

/** {@code $0} and its fields, split when first asked for, put together again when one was changed. */
final class AwkRecord {
    private static final int MAX_FIELDS = 100_000;

    private final EmulatedProcess self;
    private final AwkVariables variables;
    private String text = "";
    private final List<String> fields = new ArrayList<>();
    private boolean split = true;
    /** As it was when the record came: fields are split late, but not by a later separator. */
    private String separator = " ";

    AwkRecord(EmulatedProcess self, AwkVariables variables) {
        this.self = self;
        this.variables = variables;
    }

    void set(String newText) {
        text = newText;
        split = false;
        separator = variables.text("FS");
    }

    String text() {
        return text;
    }

    private void split() {
        if (!split) {
            split = true;
            fields.clear();
            fields.addAll(split(text, separator));
        }
    }

    int count() {
        split();
        return fields.size();
    }

    Value field(int number) {
        if (number == 0) {
            return Value.input(text);
        }
        split();
        return number <= fields.size() ? Value.input(fields.get(number - 1)) : Value.NOTHING;
    }

    void setField(int number, String value) {
        if (number == 0) {
            set(value);
            return;
        }
        setCount(Math.max(number, count()));
        fields.set(number - 1, value);
        join();
    }

    void setCount(int count) {
        split();
        if (count > MAX_FIELDS) {
            self.error("vethlab: a record has " + MAX_FIELDS + " fields at most");
            self.exit(2);
        }
        while (fields.size() < count) {
            fields.add("");
        }
        while (fields.size() > Math.max(0, count)) {
            fields.removeLast();
        }
        join();
    }

    private void join() {
        text = String.join(variables.text("OFS"), fields);
    }

    /** Splits as {@code FS} and {@code split()} do. */
    List<String> split(String line, String separator) {
        var parts = new ArrayList<String>();
        if (separator.equals(" ")) {
            int i = 0;
            while (true) {
                while (i < line.length() && " \t\n".indexOf(line.charAt(i)) >= 0) {
                    i++;
                }
                if (i >= line.length()) {
                    return parts;
                }
                int start = i;
                while (i < line.length() && " \t\n".indexOf(line.charAt(i)) < 0) {
                    i++;
                }
                parts.add(line.substring(start, i));
            }
        }
        if (line.isEmpty()) {
            return parts;
        }
        if (separator.isEmpty()) {
            line.chars().forEach(c -> parts.add(String.valueOf((char) c)));
            return parts;
        }
        if (separator.length() == 1 && separator.charAt(0) != '\\') {
            int start = 0;
            for (int at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, start)) {
                parts.add(line.substring(start, at));
                start = at + 1;
            }
            parts.add(line.substring(start));
            return parts;
        }
        return split(line, pattern(separator), parts);
    }

    List<String> split(String line, Pattern separator) {
        return line.isEmpty() ? List.of() : split(line, separator, new ArrayList<>());
    }

    private static List<String> split(String line, Pattern separator, List<String> parts) {
        var matcher = separator.matcher(line);
        int start = 0;
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                parts.add(line.substring(start, matcher.start()));
                start = matcher.end();
            }
        }
        parts.add(line.substring(start));
        return parts;
    }

    /** A text as a regular expression; a bad one ends the program. */
    Pattern pattern(String regex) {
        try {
            return Regex.compile(self, regex, Regex.Syntax.EXTENDED, false);
        } catch (Regex.Mistake e) {
            self.error("awk: regular expression compile failed (" + e.getMessage() + ")\n" + regex);
            self.exit(2);
            throw new IllegalStateException(e);
        }
    }
}
