package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.shell.syntax.Escapes;
import java.util.BitSet;

/** {@code tr}: byte by byte, as GNU's. */
final class Tr {
    private Tr() {}

    private static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message, null, false, false);
        }
    }

    static int main(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "+cCdst", "complement=c", "delete=d", "squeeze-repeats=s", "truncate-set1=t");
        if (options == null) {
            return 1;
        }
        var operands = options.operands();
        boolean deletes = options.has("d");
        boolean squeezes = options.has("s");
        if (operands.isEmpty()) {
            return Gnu.missingOperand(self);
        }
        if (operands.size() == 1 && !deletes && !squeezes || operands.size() == 1 && deletes && squeezes) {
            self.error("tr: missing operand after " + Gnu.quote(self, operands.getFirst()));
            self.error(deletes ? "Two strings must be given when both deleting and squeezing repeats."
                    : "Two strings must be given when translating.");
            Gnu.tryHelp(self);
            return 1;
        }
        int most = deletes && !squeezes ? 1 : 2;
        if (operands.size() > most) {
            self.error("tr: extra operand " + Gnu.quote(self, operands.get(most)));
            if (deletes && !squeezes) {
                self.error("Only one string may be given when deleting without squeezing repeats.");
            }
            Gnu.tryHelp(self);
            return 1;
        }
        try {
            String first = set(operands.getFirst());
            if (options.has("c") || options.has("C")) {
                first = complement(first);
            }
            String second = operands.size() > 1 ? set(operands.get(1)) : "";
            if (options.has("t") && operands.size() > 1 && !deletes) {
                first = first.substring(0, Math.min(first.length(), second.length()));
            }
            translate(self, first, second, deletes, squeezes, operands.size() > 1);
            return 0;
        } catch (Mistake e) {
            self.error("tr: " + e.getMessage());
            return 1;
        }
    }

    private static void translate(EmulatedProcess self, String first, String second, boolean deletes, boolean squeezes,
            boolean two) throws Mistake {
        if (two && !deletes && second.isEmpty()) {
            throw new Mistake("when not truncating set1, string2 must be non-empty");
        }
        int[] map = new int[256];
        var deleted = new BitSet();
        var squeezed = new BitSet();
        for (int i = 0; i < 256; i++) {
            map[i] = i;
        }
        for (int i = first.length() - 1; i >= 0; i--) {
            int c = first.charAt(i) & 0xFF;
            if (deletes) {
                deleted.set(c);
            } else if (two) {
                // backwards: of a character that set 1 names twice the first pair counts
                map[c] = second.charAt(Math.min(i, second.length() - 1)) & 0xFF;
            }
        }
        if (squeezes) {
            (two ? second : first).chars().forEach(c -> squeezed.set(c & 0xFF));
        }
        int last = -1;
        for (Bytes part = self.read(65536); !part.isEmpty(); part = self.read(65536)) {
            byte[] output = new byte[part.length()];
            int length = 0;
            for (int i = 0; i < part.length(); i++) {
                int c = part.get(i);
                if (deleted.get(c)) {
                    continue;
                }
                int mapped = map[c];
                if (squeezed.get(mapped) && mapped == last) {
                    continue;
                }
                last = mapped;
                output[length++] = (byte) mapped;
            }
            self.descriptor(1).write(self, Bytes.of(output).slice(0, length));
        }
    }

    private static String complement(String set) {
        var result = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            if (set.indexOf(c) < 0) {
                result.append(c);
            }
        }
        return result.toString();
    }

    private static String set(String text) throws Mistake {
        String bytes = new String(Bytes.of(Escapes.ansi(text)).toArray(), java.nio.charset.StandardCharsets.ISO_8859_1);
        var set = new StringBuilder();
        int i = 0;
        while (i < bytes.length()) {
            char c = bytes.charAt(i);
            if (bytes.startsWith("[:", i) && bytes.indexOf(":]", i + 2) > 0) {
                int end = bytes.indexOf(":]", i + 2);
                String name = bytes.substring(i + 2, end);
                int before = set.length();
                for (char k = 0; k < 256; k++) {
                    if (Character.toString(k).matches("(?-u)\\p{" + posix(name) + "}")) {
                        set.append(k);
                    }
                }
                if (set.length() == before) {
                    throw new Mistake("invalid character class '" + name + "'");
                }
                i = end + 2;
            } else if (i + 2 < bytes.length() && bytes.charAt(i + 1) == '-') {
                char high = bytes.charAt(i + 2);
                if (high < c) {
                    throw new Mistake("range-endpoints of '" + c + "-" + high + "' are in reverse collating sequence order");
                }
                for (char k = c; k <= high; k++) {
                    set.append(k);
                }
                i += 3;
            } else {
                set.append(c);
                i++;
            }
        }
        return set.toString();
    }

    private static String posix(String name) throws Mistake {
        return switch (name) {
            case "alpha" -> "Alpha";
            case "digit" -> "Digit";
            case "alnum" -> "Alnum";
            case "upper" -> "Upper";
            case "lower" -> "Lower";
            case "space" -> "Space";
            case "blank" -> "Blank";
            case "punct" -> "Punct";
            case "cntrl" -> "Cntrl";
            case "xdigit" -> "XDigit";
            case "print" -> "Print";
            case "graph" -> "Graph";
            default -> throw new Mistake("invalid character class '" + name + "'");
        };
    }
}
