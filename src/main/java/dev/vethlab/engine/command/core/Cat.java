package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cat}, {@code tac}, {@code rev}, {@code nl}, {@code tee}: files, or standard input, to standard output. */
final class Cat {
    private Cat() {}

    static int cat(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "AbeEnstTuv", "show-all=A", "number-nonblank=b", "show-ends=E", "number=n", "squeeze-blank=s",
                "show-tabs=T", "show-nonprinting=v");
        if (options == null) {
            return 1;
        }
        return options.options().isEmpty() ? copy(self, Gnu.files(options)) : decorate(self, options);
    }

    private static int copy(EmulatedProcess self, List<String> names) {
        int status = 0;
        for (String name : names) {
            try {
                OpenFile file = name.equals("-") ? self.descriptor(0) : self.context().files().open(self, name, OpenMode.READ);
                file.retain();
                try {
                    for (Bytes part = file.read(self, 65536); !part.isEmpty(); part = file.read(self, 65536)) {
                        self.descriptor(1).write(self, part);
                    }
                } finally {
                    file.release();
                }
            } catch (KernelException e) {
                Gnu.complain(self, Applet.words(self, name, "can't open '" + name + "'"), e);
                status = 1;
            }
        }
        return status;
    }

    private static int decorate(EmulatedProcess self, Getopt options) {
        boolean ends = options.has("E") || options.has("A") || options.has("e");
        boolean visible = options.has("v") || options.has("A") || options.has("e") || options.has("t");
        boolean tabs = options.has("T") || options.has("A") || options.has("t");
        int[] number = {0};
        boolean[] blank = {false};
        return Inputs.forEach(self, Gnu.files(options), (name, lines) -> {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (options.has("s") && line.isEmpty() && blank[0]) {
                    continue;
                }
                blank[0] = line.isEmpty();
                boolean numbered = options.has("b") ? !line.isEmpty() : options.has("n");
                String head = numbered ? pad(++number[0], 6) + "\t" : "";
                String shown = visible ? visible(line) : line;
                self.print(head + (tabs ? shown.replace("\t", "^I") : shown) + (lines.endsWithoutNewline() ? "" : (ends ? "$" : "") + "\n"));
            }
        });
    }

    /** Control characters as {@code ^X}, octets above 127 as {@code M-X}; tabs stay. */
    private static String visible(String line) {
        var out = new StringBuilder();
        for (byte octet : Bytes.of(line).toArray()) {
            int c = octet & 0x7F;
            out.append(octet < 0 ? "M-" : "");
            if (octet == '\t') {
                out.append('\t');
            } else if (c < ' ' || c == 127) {
                out.append('^').append((char) (c ^ 64));
            } else {
                out.append((char) c);
            }
        }
        return out.toString();
    }

    static String pad(long number, int width) {
        String digits = Long.toString(number);
        return " ".repeat(Math.max(0, width - digits.length())) + digits;
    }

    static int tac(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "");
        if (options == null) {
            return 1;
        }
        return Inputs.forEach(self, Gnu.files(options), (name, lines) -> {
            String text = lines.rest().text();
            int end = text.length();
            while (end > 0) {
                int start = text.lastIndexOf('\n', end - 2) + 1;
                self.print(text.substring(start, end));
                end = start;
            }
        });
    }

    static int rev(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "");
        if (options == null) {
            return 1;
        }
        return Inputs.forEach(self, Gnu.files(options), (name, lines) -> {
            for (String line = lines.next(); line != null; line = lines.next()) {
                self.print(new StringBuilder(line).reverse() + (lines.endsWithoutNewline() ? "" : "\n"));
            }
        });
    }

    static int nl(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "b:w:s:n:v:i:", "body-numbering:=b", "number-width:=w", "number-separator:=s",
                "number-format:=n", "starting-line-number:=v", "line-increment:=i");
        if (options == null) {
            return 1;
        }
        String width = options.value("w");
        String separator = options.value("s");
        int columns = width != null && width.matches("[1-9]\\d?") ? Integer.parseInt(width) : 6;
        String style = java.util.Objects.requireNonNullElse(options.value("b"), "t");
        String format = java.util.Objects.requireNonNullElse(options.value("n"), "rn");
        int increment = number(options.value("i"));
        int[] number = {number(options.value("v")) - increment};
        return Inputs.forEach(self, Gnu.files(options), (name, lines) -> {
            for (String line = lines.next(); line != null; line = lines.next()) {
                boolean numbered = style.equals("a") || style.equals("t") && !line.isEmpty();
                String joint = separator == null ? "\t" : separator;
                number[0] += numbered ? increment : 0;
                self.println(numbered ? numeral(number[0], format, columns) + joint + line : " ".repeat(columns + joint.length()) + line);
            }
        });
    }

    private static int number(@Nullable String given) {
        return given != null && given.matches("-?\\d{1,9}") ? Integer.parseInt(given) : 1;
    }

    /** Flush left, flush right, or flush right with zeros. */
    private static String numeral(int number, String format, int width) {
        return switch (format) {
            case "ln" -> ("%-" + width + "d").formatted(number);
            case "rz" -> ("%0" + width + "d").formatted(number);
            default -> pad(number, width);
        };
    }

    static int tee(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "aip", "append=a", "ignore-interrupts=i");
        if (options == null) {
            return 1;
        }
        int status = 0;
        var outputs = new ArrayList<OpenFile>();
        outputs.add(self.descriptor(1));
        for (String name : options.operands()) {
            try {
                OpenFile file = self.context().files().open(self, name, options.has("a") ? OpenMode.APPEND : OpenMode.WRITE);
                file.retain();
                self.onExit(file::release);
                outputs.add(file);
            } catch (KernelException e) {
                Gnu.complain(self, Applet.words(self, name, "can't open '" + name + "'"), e);
                status = 1;
            }
        }
        for (Bytes part = self.read(65536); !part.isEmpty(); part = self.read(65536)) {
            for (OpenFile output : outputs) {
                output.write(self, part);
            }
        }
        return status;
    }
}
