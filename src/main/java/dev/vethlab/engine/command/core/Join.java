package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code join}: lines of two sorted files whose join fields are equal ({@code src/join.c}). */
final class Join {
    private final EmulatedProcess self;
    private final Getopt options;
    private final @Nullable String separator;
    private final String empty;
    private final Side first;
    private final Side second;
    /** Columns of {@code -o}: {file, field}; {0, 0} is the join field. */
    private final List<int[]> format = new ArrayList<>();
    private boolean seenUnpaired;

    private Join(EmulatedProcess self, Getopt options, Compare.Two files) {
        this.self = self;
        this.options = options;
        this.separator = options.value("t");
        String given = options.value("e");
        this.empty = given == null ? "" : given;
        this.first = new Side("1", options.operands().getFirst(), files.firstLines());
        this.second = new Side("2", options.operands().get(1), files.secondLines());
    }

    static int main(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "1:2:t:a:v:j:ie:o:", "ignore-case=i", "check-order", "nocheck-order");
        Compare.Two files = options == null ? null : Compare.read(self, options.operands());
        if (options == null || files == null) {
            return 1;
        }
        return new Join(self, options, files).run();
    }

    /** One of the files, and the line one is at. */
    private final class Side {
        private final String number;
        private final String name;
        private final List<String[]> lines;
        private final List<String> texts;
        private final int field;
        private final boolean shown;
        private int at;
        private boolean disordered;

        Side(String number, String name, List<String> texts) {
            this.number = number;
            this.name = name;
            this.texts = texts;
            this.lines = texts.stream().map(Join.this::fields).toList();
            String column = options.value("j") != null ? options.value("j") : options.value(number);
            this.field = column != null && column.matches("[1-9]\\d{0,4}") ? Integer.parseInt(column) - 1 : 0;
            this.shown = options.options().stream().anyMatch(o -> o.name().matches("[av]") && o.value().equals(number));
        }

        boolean ended() {
            return at >= lines.size();
        }

        String key(int line) {
            String[] fields = lines.get(line);
            String key = field < fields.length ? fields[field] : "";
            return options.has("i") ? key.toLowerCase(java.util.Locale.ROOT) : key;
        }

        /** Goes on to the next line; once a line had no partner, a line out of order is complained of. */
        void advance() {
            at++;
            boolean checks = options.has("check-order") || seenUnpaired && !options.has("nocheck-order");
            if (checks && !disordered && !ended() && key(at - 1).compareTo(key(at)) > 0) {
                disordered = true;
                self.error("join: " + name + ":" + (at + 1) + ": is not sorted: " + texts.get(at));
            }
        }

        void alone() {
            seenUnpaired = true;
            if (shown) {
                print(number.equals("1") ? lines.get(at) : null, number.equals("2") ? lines.get(at) : null);
            }
            advance();
        }
    }

    private String[] fields(String line) {
        return separator == null ? line.strip().split("\\s+") : line.split(Pattern.quote(separator), -1);
    }

    private int run() {
        String columns = options.value("o");
        if (columns != null) {
            for (String column : columns.split("[ ,]+")) {
                if (!column.matches("0|[12]\\.[1-9]\\d{0,4}")) {
                    self.error("join: invalid " + (column.matches("[3-9]\\..*") ? "file number in field spec: " : "field specifier: ")
                            + Gnu.quote(self, column));
                    return 1;
                }
                String[] parts = column.split("\\.");
                format.add(new int[] {Integer.parseInt(parts[0]), parts.length == 1 ? 0 : Integer.parseInt(parts[1]) - 1});
            }
        }
        while (!first.ended() && !second.ended()) {
            int order = first.key(first.at).compareTo(second.key(second.at));
            if (order < 0) {
                first.alone();
            } else if (order > 0) {
                second.alone();
            } else {
                pairs();
            }
        }
        while (!first.ended()) {
            first.alone();
        }
        while (!second.ended()) {
            second.alone();
        }
        if (first.disordered || second.disordered) {
            self.error("join: input is not in sorted order");
            return 1;
        }
        return 0;
    }

    private void pairs() {
        int one = first.at;
        int other = second.at;
        String key = first.key(one);
        do {
            first.advance();
        } while (!first.ended() && first.key(first.at).equals(key));
        do {
            second.advance();
        } while (!second.ended() && second.key(second.at).equals(key));
        for (int i = one; i < first.at && options.value("v") == null; i++) {
            for (int j = other; j < second.at; j++) {
                print(first.lines.get(i), second.lines.get(j));
            }
        }
    }

    private void print(String @Nullable [] a, String @Nullable [] b) {
        List<String> out = new ArrayList<>();
        String key = a != null ? at(a, first.field) : at(b, second.field);
        if (format.isEmpty()) {
            out.add(key);
            others(out, a, first.field);
            others(out, b, second.field);
        }
        for (int[] column : format) {
            out.add(column[0] == 0 ? key : at(column[0] == 1 ? a : b, column[1]));
        }
        self.println(String.join(separator == null ? " " : separator, out));
    }

    private void others(List<String> out, String @Nullable [] fields, int joined) {
        for (int i = 0; fields != null && i < fields.length; i++) {
            if (i != joined) {
                out.add(at(fields, i));
            }
        }
    }

    private String at(String @Nullable [] fields, int index) {
        return fields == null || index >= fields.length || fields[index].isEmpty() ? empty : fields[index];
    }
}
