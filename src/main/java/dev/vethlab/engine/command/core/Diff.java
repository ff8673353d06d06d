package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code diff} and {@code cmp} of two files: the normal and the unified format. */
final class Diff {
    private static final int MAX_LINES = 3_000;

    /** Lines {@code fromA}…{@code toA} of the first file became {@code fromB}…{@code toB} of the second; counted from 0, ends excluded. */
    private record Change(int fromA, int toA, int fromB, int toB) {}

    private Diff() {}

    static int main(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "uqU:biwBrNsy", "unified=u", "brief=q", "ignore-space-change=b", "ignore-case=i",
                "ignore-all-space=w",
                "report-identical-files=s");
        if (options == null) {
            return 2;
        }
        List<String> names = options.operands();
        if (names.size() != 2) {
            self.error(names.size() < 2 ? "diff: missing operand after '" + (names.isEmpty() ? "diff" : names.getFirst()) + "'"
                    : "diff: extra operand '" + names.get(2) + "'");
            Gnu.tryHelp(self);
            return 2;
        }
        List<String> a = lines(self, names.get(0));
        List<String> b = lines(self, names.get(1));
        if (a == null || b == null) {
            return 2;
        }
        List<Change> changes = changes(a, b, options);
        if (changes.isEmpty()) {
            if (options.has("s")) {
                self.println("Files " + names.get(0) + " and " + names.get(1) + " are identical");
            }
            return 0;
        }
        if (options.has("q")) {
            self.println("Files " + names.get(0) + " and " + names.get(1) + " differ");
        } else if (options.has("u") || options.has("U")) {
            String given = options.value("U");
            unified(self, names, a, b, changes, given != null && given.matches("\\d{1,6}") ? Integer.parseInt(given) : 3);
        } else {
            changes.forEach(change -> normal(self, a, b, change));
        }
        return 1;
    }

    private static @Nullable List<String> lines(EmulatedProcess self, String name) {
        boolean[] failed = {false};
        List<String> lines = LineReader.all(self, List.of(name), failed);
        if (lines.size() > MAX_LINES) {
            self.error("vethlab: diff compares " + MAX_LINES + " lines at most");
            return null;
        }
        return failed[0] ? null : lines;
    }

    private static String key(String line, Getopt options) {
        String key = options.has("w") ? line.replaceAll("\\s+", "") : options.has("b") ? line.replaceAll("\\s+", " ").stripTrailing()
                : line;
        return options.has("i") ? key.toLowerCase(Locale.ROOT) : key;
    }

    /** By the longest common subsequence. */
    private static List<Change> changes(List<String> a, List<String> b, Getopt options) {
        List<String> x = a.stream().map(line -> key(line, options)).toList();
        List<String> y = b.stream().map(line -> key(line, options)).toList();
        short[][] length = new short[x.size() + 1][y.size() + 1];
        for (int i = x.size() - 1; i >= 0; i--) {
            for (int j = y.size() - 1; j >= 0; j--) {
                length[i][j] = x.get(i).equals(y.get(j)) ? (short) (length[i + 1][j + 1] + 1)
                        : (short) Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        List<Change> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < x.size() || j < y.size()) {
            if (i < x.size() && j < y.size() && x.get(i).equals(y.get(j))) {
                i++;
                j++;
                continue;
            }
            int fromA = i;
            int fromB = j;
            while ((i < x.size() || j < y.size()) && !(i < x.size() && j < y.size() && x.get(i).equals(y.get(j)))) {
                if (j >= y.size() || i < x.size() && length[i + 1][j] >= length[i][j + 1]) {
                    i++;
                } else {
                    j++;
                }
            }
            changes.add(new Change(fromA, i, fromB, j));
        }
        return changes;
    }

    private static String range(int from, int to) {
        return to - from <= 1 ? Integer.toString(to == from ? from : from + 1) : (from + 1) + "," + to;
    }

    private static void normal(EmulatedProcess self, List<String> a, List<String> b, Change change) {
        char kind = change.fromA == change.toA ? 'a' : change.fromB == change.toB ? 'd' : 'c';
        self.println(range(change.fromA, change.toA) + kind + range(change.fromB, change.toB));
        a.subList(change.fromA, change.toA).forEach(line -> self.println("< " + line));
        if (kind == 'c') {
            self.println("---");
        }
        b.subList(change.fromB, change.toB).forEach(line -> self.println("> " + line));
    }

    private static void unified(EmulatedProcess self, List<String> names, List<String> a, List<String> b, List<Change> changes,
            int context) {
        self.println("--- " + names.get(0) + "\t" + stamp(self, names.get(0)));
        self.println("+++ " + names.get(1) + "\t" + stamp(self, names.get(1)));
        int first = 0;
        while (first < changes.size()) {
            int last = first;
            while (last + 1 < changes.size() && changes.get(last + 1).fromA - changes.get(last).toA <= 2 * context) {
                last++;
            }
            int fromA = Math.max(0, changes.get(first).fromA - context);
            int toA = Math.min(a.size(), changes.get(last).toA + context);
            int fromB = Math.max(0, changes.get(first).fromB - (changes.get(first).fromA - fromA));
            int toB = Math.min(b.size(), changes.get(last).toB + (toA - changes.get(last).toA));
            self.println("@@ -" + hunk(fromA, toA) + " +" + hunk(fromB, toB) + " @@");
            int at = fromA;
            for (Change change : changes.subList(first, last + 1)) {
                a.subList(at, change.fromA).forEach(line -> self.println(" " + line));
                a.subList(change.fromA, change.toA).forEach(line -> self.println("-" + line));
                b.subList(change.fromB, change.toB).forEach(line -> self.println("+" + line));
                at = change.toA;
            }
            a.subList(at, toA).forEach(line -> self.println(" " + line));
            first = last + 1;
        }
    }

    private static String hunk(int from, int to) {
        int start = to == from ? from : from + 1;
        return to - from == 1 ? Integer.toString(start) : start + "," + (to - from);
    }

    private static String stamp(EmulatedProcess self, String name) {
        try {
            long time = name.equals("-") ? self.now() : self.context().files().stat(self, name).modified();
            return Dates.forListing(time, time, true);
        } catch (KernelException e) {
            return "";
        }
    }
}
