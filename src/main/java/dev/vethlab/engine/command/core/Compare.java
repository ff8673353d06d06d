package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code comm} and {@code cmp}: two files side by side. */
final class Compare {
    private static final int TROUBLE = 2;

    private Compare() {}

    record Two(Bytes first, Bytes second) {
        private static List<String> lines(Bytes bytes) {
            return bytes.text().lines().toList();
        }

        List<String> firstLines() {
            return lines(first);
        }

        List<String> secondLines() {
            return lines(second);
        }
    }

    /** Reads the two files; null after a complaint. */
    static @Nullable Two read(EmulatedProcess self, List<String> names) {
        if (names.size() != 2) {
            self.error(self.name() + (names.isEmpty() ? ": missing operand"
                    : names.size() == 1 ? ": missing operand after " + Gnu.quote(self, names.getFirst())
                            : ": extra operand " + Gnu.quote(self, names.get(2))));
            Gnu.tryHelp(self);
            return null;
        }
        List<Bytes> contents = new ArrayList<>();
        for (String name : names) {
            try (LineReader lines = LineReader.open(self, name)) {
                contents.add(lines.rest());
            } catch (KernelException e) {
                Gnu.complain(self, name, e);
                return null;
            }
        }
        return new Two(contents.getFirst(), contents.get(1));
    }

    static int comm(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "123z", "output-delimiter:", "total", "check-order", "nocheck-order");
        Two files = options == null ? null : read(self, options.operands());
        if (options == null || files == null) {
            return 1;
        }
        String delimiter = options.value("output-delimiter") == null ? "\t" : String.valueOf(options.value("output-delimiter"));
        String second = options.has("1") ? "" : delimiter;
        String both = second + (options.has("2") ? "" : delimiter);
        List<String> a = files.firstLines();
        List<String> b = files.secondLines();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            int order = i == a.size() ? 1 : j == b.size() ? -1 : a.get(i).compareTo(b.get(j));
            String column = order < 0 ? "1" : order > 0 ? "2" : "3";
            String line = order > 0 ? second + b.get(j) : order < 0 ? a.get(i) : both + a.get(i);
            if (!options.has(column)) {
                self.println(line);
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return 0;
    }

    static int cmp(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "sln:", "silent=s", "quiet=s", "verbose=l");
        Two files = options == null ? null : read(self, options.operands());
        if (options == null || files == null) {
            return TROUBLE;
        }
        Bytes a = files.first();
        Bytes b = files.second();
        String names = options.operands().getFirst() + " " + options.operands().get(1);
        int shorter = Math.min(a.length(), b.length());
        int line = 1;
        for (int i = 0; i < shorter; i++) {
            if (a.get(i) != b.get(i)) {
                if (!options.has("s")) {
                    self.println(names + " differ: byte " + (i + 1) + ", line " + line);
                }
                return 1;
            }
            line += a.get(i) == '\n' ? 1 : 0;
        }
        if (a.length() == b.length()) {
            return 0;
        }
        if (!options.has("s")) {
            String name = options.operands().get(a.length() < b.length() ? 0 : 1);
            self.error("cmp: EOF on " + Gnu.quote(self, name) + (shorter == 0 ? " which is empty" : " after byte " + shorter + ", in line " + line));
        }
        return 1;
    }
}
