package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.process.EmulatedProcess;

/** {@code fold} and {@code expand}: lines made to fit. */
final class Fold {
    private static final int WIDTH = 80;
    private static final int TAB = 8;

    private Fold() {}

    static int fold(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "bsw:", "bytes=b", "spaces=s", "width:=w");
        if (options == null) {
            return 1;
        }
        String given = options.value("w");
        if (given != null && !given.matches("[1-9]\\d{0,5}")) {
            self.error("fold: invalid number of columns: " + Gnu.quote(self, given));
            return 1;
        }
        int width = given == null ? WIDTH : Integer.parseInt(given);
        return Inputs.forEach(self, Gnu.files(options), (name, lines) -> {
            for (String line = lines.next(); line != null; line = lines.next()) {
                String rest = line;
                while (rest.length() > width) {
                    int blank = options.has("s") ? rest.lastIndexOf(' ', width - 1) : -1;
                    int end = blank >= 0 ? blank + 1 : width;
                    self.println(rest.substring(0, end));
                    rest = rest.substring(end);
                }
                self.print(rest + (lines.endsWithoutNewline() ? "" : "\n"));
            }
        });
    }

    static int expand(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "it:", "initial=i", "tabs:=t");
        if (options == null) {
            return 1;
        }
        String given = options.value("t");
        int tab = given != null && given.matches("[1-9]\\d{0,3}") ? Integer.parseInt(given) : TAB;
        return Inputs.forEach(self, Gnu.files(options), (name, lines) -> {
            for (String line = lines.next(); line != null; line = lines.next()) {
                var out = new StringBuilder();
                for (char c : line.toCharArray()) {
                    out.append(c == '\t' ? " ".repeat(tab - out.length() % tab) : String.valueOf(c));
                }
                self.println(out.toString());
            }
        });
    }
}
