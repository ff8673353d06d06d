package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;

/** {@code cut}, {@code paste} and {@code column}. */
final class Cut {
    private Cut() {}

    /** Positions from 1; {@code to} may be {@link Integer#MAX_VALUE}. */
    private record Range(int from, int to) {}

    static int cut(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "b:c:d:f:nsz", "bytes:=b", "characters:=c", "delimiter:=d", "fields:=f", "complement",
                "only-delimited=s", "output-delimiter:", "zero-terminated=z");
        if (options == null) {
            return 1;
        }
        String list = options.has("f") ? options.value("f") : options.has("c") ? options.value("c") : options.value("b");
        if (list == null) {
            self.error("cut: you must specify a list of bytes, characters, or fields");
            Gnu.tryHelp(self);
            return 1;
        }
        boolean fields = options.has("f");
        String delimiter = options.has("d") ? options.value("d") : "\t";
        if (delimiter != null && delimiter.isEmpty()) {
            delimiter = "\0";
        }
        if (delimiter == null || delimiter.length() != 1) {
            self.error("cut: the delimiter must be a single character");
            Gnu.tryHelp(self);
            return 1;
        }
        List<Range> ranges = ranges(self, list, fields);
        if (ranges == null) {
            return 1;
        }
        String separator = delimiter;
        char end = Gnu.lineEnd(options);
        String joint = options.has("output-delimiter") ? options.value("output-delimiter") : fields ? delimiter : "";
        return Inputs.forEach(self, Gnu.files(options), end, (name, lines) -> {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (fields && line.indexOf(separator.charAt(0)) < 0) {
                    if (!options.has("s")) {
                        self.print(line + end);
                    }
                    continue;
                }
                String[] parts = fields ? line.split(java.util.regex.Pattern.quote(separator), -1) : line.split("");
                var chosen = new ArrayList<String>();
                for (int i = 0; i < parts.length; i++) {
                    int position = i + 1;
                    boolean in = ranges.stream().anyMatch(r -> position >= r.from && position <= r.to);
                    if (in != options.has("complement") && !(line.isEmpty() && !fields)) {
                        chosen.add(parts[i]);
                    }
                }
                self.print(String.join(joint == null ? "" : joint, chosen) + end);
            }
        });
    }

    @org.jspecify.annotations.Nullable
    private static List<Range> ranges(EmulatedProcess self, String list, boolean fields) {
        var ranges = new ArrayList<Range>();
        String what = fields ? "fields" : "byte/character positions";
        for (String item : list.split("[, ]+", -1)) {
            if (!item.matches("\\d{1,9}|\\d{1,9}-\\d{0,9}|-\\d{1,9}")) {
                self.error(item.matches("[-\\d]*") ? item.equals("-") ? "cut: invalid range with no endpoint: -" : "cut: invalid "
                        + (fields ? "field" : "byte/character")
                        + " range" : "cut: invalid " + (fields ? "field value " : "byte/character position ") + Gnu.quote(self, item));
                Gnu.tryHelp(self);
                return null;
            }
            int dash = item.indexOf('-');
            int from = dash == 0 ? 1 : Integer.parseInt(dash < 0 ? item : item.substring(0, dash));
            int to = dash < 0 ? from : dash == item.length() - 1 ? Integer.MAX_VALUE : Integer.parseInt(item.substring(dash + 1));
            if (from == 0) {
                self.error("cut: " + what + " are numbered from 1");
                Gnu.tryHelp(self);
                return null;
            }
            if (to < from) {
                self.error("cut: invalid decreasing range");
                Gnu.tryHelp(self);
                return null;
            }
            ranges.add(new Range(from, to));
        }
        return ranges;
    }

    static int paste(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "d:s", "delimiters:=d", "serial=s");
        if (options == null) {
            return 1;
        }
        String delimiters = options.has("d") ? java.util.Objects.requireNonNullElse(options.value("d"), "\t").replace("\\n", "\n")
                .replace("\\t", "\t") : "\t";
        var files = new ArrayList<List<String>>();
        boolean[] failed = {false};
        List<String> names = Gnu.files(options);
        int takers = options.has("s") ? 1 : (int) names.stream().filter("-"::equals).count();
        List<String> input = takers > 0 && names.contains("-") ? LineReader.all(self, List.of("-"), failed) : List.of();
        int taker = 0;
        for (String name : names) {
            // each - takes a line of standard input in turn
            files.add(name.equals("-") ? every(input, takers, taker++) : LineReader.all(self, List.of(name), failed));
        }
        if (options.has("s")) {
            for (List<String> lines : files) {
                self.println(join(lines, delimiters));
            }
        } else {
            int rows = files.stream().mapToInt(List::size).max().orElse(0);
            for (int i = 0; i < rows; i++) {
                int row = i;
                self.println(join(files.stream().map(lines -> row < lines.size() ? lines.get(row) : "").toList(), delimiters));
            }
        }
        return failed[0] ? 1 : 0;
    }

    private static List<String> every(List<String> lines, int step, int first) {
        var chosen = new ArrayList<String>();
        for (int i = first; i < lines.size() && (step > 1 || first == 0); i += step) {
            chosen.add(lines.get(i));
        }
        return chosen;
    }

    private static String join(List<String> parts, String delimiters) {
        var line = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0 && !delimiters.isEmpty()) {
                line.append(delimiters.charAt((i - 1) % delimiters.length()));
            }
            line.append(parts.get(i));
        }
        return line.toString();
    }

    static int column(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "ts:o:c:", "table=t", "separator:=s", "output-separator:=o", "output-width:=c");
        if (options == null) {
            return 1;
        }
        boolean[] failed = {false};
        List<String> lines = LineReader.all(self, Gnu.files(options), failed).stream().filter(line -> !line.isBlank()).toList();
        String separator = options.value("s");
        String joint = options.has("o") ? java.util.Objects.requireNonNullElse(options.value("o"), "") : "  ";
        if (options.has("t")) {
            table(self, lines, separator == null ? "[ \t]+" : "[" + java.util.regex.Pattern.quote(separator) + "]", joint);
        } else {
            fill(self, lines);
        }
        return failed[0] ? 1 : 0;
    }

    private static void table(EmulatedProcess self, List<String> lines, String separator, String joint) {
        var rows = lines.stream().map(line -> (separator.startsWith("[ ") ? line.strip() : line).split(separator)).toList();
        var widths = new ArrayList<Integer>();
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                if (i == widths.size()) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), row[i].length()));
            }
        }
        for (String[] row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]);
                if (i < row.length - 1) {
                    line.append(" ".repeat(widths.get(i) - row[i].length())).append(joint);
                }
            }
            self.println(line.toString());
        }
    }

    private static void fill(EmulatedProcess self, List<String> items) {
        int width = items.stream().mapToInt(String::length).max().orElse(0) / 8 * 8 + 8;
        int columns = Math.max(1, 80 / width);
        int rows = (items.size() + columns - 1) / columns;
        for (int row = 0; row < rows; row++) {
            var line = new StringBuilder();
            for (int i = row; i < items.size(); i += rows) {
                line.append(items.get(i));
                if (i + rows < items.size()) {
                    line.append("\t".repeat((width - items.get(i).length() / 8 * 8) / 8));
                }
            }
            self.println(line.toString());
        }
    }
}
