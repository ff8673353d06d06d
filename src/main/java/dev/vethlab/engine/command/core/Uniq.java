package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code uniq}: of equal lines one behind the other, one. */
final class Uniq {
    private final EmulatedProcess self;
    private final Getopt options;
    private final int fields;
    private final int characters;
    private final int width;
    /** Between groups of {@code -D}: {@code none}, {@code prepend} or {@code separate}. */
    private final String method;
    private boolean grouped;

    private Uniq(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
        this.fields = count(options.value("f"), 0);
        this.characters = count(options.value("s"), 0);
        this.width = count(options.value("w"), Integer.MAX_VALUE);
        String given = options.value("D");
        this.method = given == null || given.isEmpty() ? "none" : given;
    }

    static int main(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "cdDuif:s:w:z", "count=c", "repeated=d", "all-repeated::=D", "unique=u", "ignore-case=i",
                "skip-fields:=f", "skip-chars:=s", "check-chars:=w", "zero-terminated=z");
        if (options == null) {
            return 1;
        }
        var uniq = new Uniq(self, options);
        List<String> operands = options.operands();
        if (operands.size() > 2) {
            self.error("uniq: extra operand " + Gnu.quote(self, operands.get(2)));
            Gnu.tryHelp(self);
            return 1;
        }
        if (!List.of("none", "prepend", "separate").contains(uniq.method)) {
            self.error("uniq: invalid argument " + Gnu.quote(self, uniq.method) + " for " + Gnu.quote(self, "--all-repeated")
                    + "\nValid arguments are:");
            List.of("none", "prepend", "separate").forEach(valid -> self.error("  - " + Gnu.quote(self, valid)));
            Gnu.tryHelp(self);
            return 1;
        }
        if (operands.size() == 2 && !operands.get(1).equals("-")) {
            try {
                self.setDescriptor(1, self.context().files().open(self, operands.get(1), OpenMode.WRITE));
            } catch (KernelException e) {
                Gnu.complain(self, operands.get(1), e);
                return 1;
            }
        }
        List<String> input = operands.isEmpty() ? List.of("-") : operands.subList(0, 1);
        return Inputs.forEach(self, input, Gnu.lineEnd(options), (name, lines) -> uniq.read(lines));
    }

    private static int count(@Nullable String text, int otherwise) {
        return text != null && text.matches("\\d{1,6}") ? Integer.parseInt(text) : otherwise;
    }

    private void read(LineReader lines) {
        String first = null;
        long count = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (first != null && compared(first).equals(compared(line))) {
                count++;
                if (options.has("D")) {
                    if (count == 2) {
                        if (method.equals("prepend") || method.equals("separate") && grouped) {
                            print("");
                        }
                        grouped = true;
                        print(first);
                    }
                    print(line);
                }
                continue;
            }
            group(first, count);
            first = line;
            count = 1;
        }
        group(first, count);
    }

    private String compared(String line) {
        String rest = line;
        for (int i = 0; i < fields; i++) {
            rest = rest.replaceFirst("^[ \t]*[^ \t]*", "");
        }
        rest = rest.substring(Math.min(characters, rest.length()));
        rest = rest.substring(0, Math.min(width, rest.length()));
        return options.has("i") ? rest.toLowerCase(Locale.ROOT) : rest;
    }

    private void group(@Nullable String line, long count) {
        boolean shows = !options.has("D") && (count > 1 ? !options.has("u") : !options.has("d"));
        if (line != null && shows) {
            print((options.has("c") ? Cat.pad(count, 7) + " " : "") + line);
        }
    }

    private void print(String line) {
        self.print(line + Gnu.lineEnd(options));
    }
}
