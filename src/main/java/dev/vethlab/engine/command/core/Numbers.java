package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.shell.builtin.PrintCommands;
import dev.vethlab.engine.shell.builtin.Printf;
import dev.vethlab.engine.shell.builtin.TestCommand;
import dev.vethlab.engine.sim.CalendarTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code seq echo printf test md5sum sha256sum base64}: small programs that compute. */
final class Numbers {
    private static final int LINE = 76;

    private Numbers() {}

    static int echo(EmulatedProcess self) {
        self.print(PrintCommands.echo(self.arguments().subList(1, self.arguments().size())));
        return 0;
    }

    static int printf(EmulatedProcess self) {
        List<String> words = self.arguments();
        if (words.size() < 2) {
            return Gnu.missingOperand(self);
        }
        boolean right = Printf.format(words.get(1), words.subList(2, words.size()), CalendarTime.at(self.now()), new Printf.Listener() {
            @Override
            public void print(String text) {
                self.print(text);
            }

            @Override
            public void complain(String message) {
                self.error("printf: " + message);
            }
        });
        return right ? 0 : 1;
    }

    static int test(EmulatedProcess self) {
        return TestCommand.run(self, Gnu.argv(self), self::error);
    }

    static int seq(EmulatedProcess self) {
        List<String> argv = Gnu.argv(self);
        // negative numbers are operands
        int first = 1;
        String separator = "\n";
        String format = null;
        boolean equalWidth = false;
        while (first < argv.size() && argv.get(first).matches("-[^\\d.].*")) {
            String word = argv.get(first++);
            if (word.equals("-w") || word.equals("--equal-width")) {
                equalWidth = true;
            } else if (word.matches("-[sf].*|--(separator|format)(=.*)?")) {
                boolean isLong = word.startsWith("--");
                int from = isLong ? word.indexOf('=') + 1 : 2;
                String value = from > 0 && from < word.length() || isLong && from > 0 ? word.substring(from)
                        : first < argv.size() ? argv.get(first++) : "";
                boolean separates = word.matches("--?s.*");
                separator = separates ? value : separator;
                format = separates ? format : value;
            } else {
                self.error("seq: invalid option -- '" + word.charAt(1) + "'");
                Gnu.tryHelp(self);
                return 1;
            }
        }
        List<String> operands = argv.subList(first, argv.size());
        if (operands.isEmpty()) {
            return Gnu.missingOperand(self);
        }
        if (operands.size() > 3) {
            self.error("seq: extra operand " + Gnu.quote(self, operands.get(3)));
            Gnu.tryHelp(self);
            return 1;
        }
        for (String operand : operands) {
            if (!operand.matches("[-+]?(\\d{1,18}(\\.\\d{0,9})?|\\.\\d{1,9})(e[+]?\\d)?")) {
                self.error("seq: invalid floating point argument: " + Gnu.quote(self, operand));
                Gnu.tryHelp(self);
                return 1;
            }
        }
        if (format != null && !format.matches("(?s)(%%|[^%])*%[-+ 0#']*\\d*(\\.\\d*)?[aefgAEFG](%%|[^%])*")) {
            var directive = java.util.regex.Pattern.compile("%[-+ 0#']*\\d*(\\.\\d*)?([^%])").matcher(format);
            self.error("seq: format " + Gnu.quote(self, format) + (directive.find()
                    ? " has unknown %" + directive.group(2) + " directive" : " has no % directive"));
            return 1;
        }
        BigDecimal from = operands.size() > 1 ? new BigDecimal(operands.getFirst()) : BigDecimal.ONE;
        BigDecimal step = operands.size() > 2 ? new BigDecimal(operands.get(1)) : BigDecimal.ONE;
        BigDecimal to = new BigDecimal(operands.getLast());
        if (step.signum() == 0) {
            self.error("seq: invalid Zero increment value: " + Gnu.quote(self, operands.get(1)));
            Gnu.tryHelp(self);
            return 1;
        }
        print(self, from, step, to, separator, format, equalWidth);
        return 0;
    }

    private static void print(EmulatedProcess self, BigDecimal from, BigDecimal step, BigDecimal to, String separator,
            @Nullable String format, boolean equalWidth) {
        int scale = Math.max(from.scale(), step.scale());
        int width = equalWidth ? Math.max(from.setScale(scale).toPlainString().length(),
                to.setScale(scale, RoundingMode.DOWN).toPlainString().length()) : 0;
        var block = new StringBuilder();
        boolean any = false;
        for (BigDecimal i = from; step.signum() > 0 ? i.compareTo(to) <= 0 : i.compareTo(to) >= 0; i = i.add(step)) {
            String digits = i.setScale(scale).toPlainString();
            if (format != null) {
                digits = Printf.format(format, List.of(digits));
            }
            int zeros = Math.max(0, width - digits.length());
            digits = digits.startsWith("-") ? "-" + "0".repeat(zeros) + digits.substring(1) : "0".repeat(zeros) + digits;
            block.append(any ? separator : "").append(digits);
            any = true;
            if (block.length() > 8192) {
                self.print(block.toString());
                self.spend(100_000);
                block.setLength(0);
            }
        }
        if (any) {
            self.print(block + "\n");
        }
    }

    static int checksum(EmulatedProcess self) {
        String algorithm = switch (self.name()) {
            case "md5sum" -> "MD5";
            case "sha1sum" -> "SHA-1";
            case "sha512sum" -> "SHA-512";
            default -> "SHA-256";
        };
        Getopt options = Gnu.options(self, "bctw", "binary=b", "check=c", "text=t");
        if (options == null) {
            return 1;
        }
        if (options.has("c")) {
            return check(self, algorithm, Gnu.files(options));
        }
        return Inputs.forEach(self, Gnu.files(options), (name, lines) -> {
            self.println(digest(algorithm, lines.rest()) + "  " + name);
        });
    }

    private static String digest(String algorithm, Bytes data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(data.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code -c}: whether files still have the checksums of a list. */
    private static int check(EmulatedProcess self, String algorithm, List<String> lists) {
        int[] failed = new int[3];
        int status = Inputs.forEach(self, lists, (list, lines) -> {
            int size = digest(algorithm, Bytes.EMPTY).length();
            boolean any = false;
            for (String line = lines.next(); line != null; line = lines.next()) {
                String[] parts = line.split(" [ *]", 2);
                if (parts.length < 2 || parts[0].length() != size) {
                    continue;
                }
                any = true;
                try {
                    boolean same = digest(algorithm, self.context().files().readAll(self, parts[1])).equals(parts[0]);
                    self.println(parts[1] + (same ? ": OK" : ": FAILED"));
                    failed[0] += same ? 0 : 1;
                } catch (KernelException e) {
                    Gnu.complain(self, parts[1], e);
                    self.println(parts[1] + ": FAILED open or read");
                    failed[1]++;
                }
            }
            if (!any) {
                self.error(self.name() + ": " + list + ": no properly formatted checksum lines found");
                failed[2]++;
            }
        });
        if (failed[1] > 0) {
            self.error(self.name() + ": WARNING: " + failed[1] + " listed file" + (failed[1] == 1 ? "" : "s") + " could not be read");
        }
        if (failed[0] > 0) {
            self.error(self.name() + ": WARNING: " + failed[0] + " computed checksum" + (failed[0] == 1 ? "" : "s") + " did NOT match");
        }
        return failed[0] + failed[1] + failed[2] > 0 ? 1 : status;
    }

    static int base64(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "diw:", "decode=d", "ignore-garbage=i", "wrap:=w");
        if (options == null) {
            return 1;
        }
        String wrap = options.value("w");
        int width = wrap != null && wrap.matches("\\d{1,6}") ? Integer.parseInt(wrap) : LINE;
        boolean[] bad = {false};
        int status = Inputs.forEach(self, Gnu.files(options), (name, lines) -> {
            Bytes all = lines.rest();
            if (options.has("d")) {
                try {
                    String text = all.text().replaceAll(options.has("i") ? "[^A-Za-z0-9+/=]" : "\n", "");
                    self.descriptor(1).write(self, Bytes.of(Base64.getDecoder().decode(text)));
                } catch (IllegalArgumentException e) {
                    self.error("base64: invalid input");
                    bad[0] = true;
                }
                return;
            }
            String text = Base64.getEncoder().encodeToString(all.toArray());
            for (int i = 0; width > 0 && i < text.length(); i += width) {
                self.println(text.substring(i, Math.min(text.length(), i + width)));
            }
            if (width == 0) {
                self.print(text);
            }
        });
        return bad[0] ? 1 : status;
    }

    static int dump(EmulatedProcess self) {
        boolean canonical = self.name().equals("hexdump") || self.name().equals("hd") || self.name().equals("xxd");
        Getopt options = Gnu.options(self, "A:t:N:j:vCcxdobn:s:", "address-radix:=A", "format:=t", "read-bytes:=N", "canonical=C",
                "length:=n");
        if (options == null) {
            return 1;
        }
        String given = options.has("N") ? options.value("N") : options.value("n");
        int limit = given != null && given.matches("\\d{1,9}") ? Integer.parseInt(given) : Integer.MAX_VALUE;
        return Inputs.forEach(self, Gnu.files(options), (name, lines) -> {
            Bytes all = lines.rest();
            all = all.slice(0, Math.min(limit, all.length()));
            for (int at = 0; at < all.length(); at += 16) {
                self.println(canonical ? canonical(all, at) : words(all, at, options));
            }
            String end = canonical ? String.format(Locale.ROOT, "%08x", all.length()) : offset(options, all.length());
            if (!end.isEmpty() && !(canonical && all.isEmpty())) {
                self.println(end);
            }
        });
    }

    private static String canonical(Bytes all, int at) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%08x ", at));
        var text = new StringBuilder();
        for (int i = at; i < at + 16; i++) {
            line.append(i == at + 8 ? "  " : " ");
            line.append(i < all.length() ? String.format(Locale.ROOT, "%02x", all.get(i)) : "  ");
            if (i < all.length()) {
                text.append(all.get(i) >= 32 && all.get(i) < 127 ? (char) all.get(i) : '.');
            }
        }
        return line + "  |" + text + "|";
    }

    private static String offset(Getopt options, int at) {
        return switch (String.valueOf(options.value("A"))) {
            case "n" -> "";
            case "x" -> String.format(Locale.ROOT, "%06x", at);
            case "d" -> String.format(Locale.ROOT, "%07d", at);
            default -> String.format(Locale.ROOT, "%07o", at);
        };
    }

    private static String words(Bytes all, int at, Getopt options) {
        boolean characters = options.has("c") || "c".equals(options.value("t"));
        String given = options.value("t");
        boolean shows = given != null && given.endsWith("z");
        String type = options.has("x") ? "x2" : options.has("d") ? "u2" : shows ? given.substring(0, given.length() - 1) : given;
        boolean bytes = characters || options.has("b") || type != null && type.endsWith("1");
        var line = new StringBuilder(offset(options, at));
        for (int i = at; i < Math.min(at + 16, all.length()); i += bytes ? 1 : 2) {
            int value = bytes ? all.get(i) : all.get(i) | (i + 1 < all.length() ? all.get(i + 1) << 8 : 0);
            if (characters) {
                int known = "\0\007\b\t\n\013\f\r".indexOf(value);
                String shown = known >= 0 ? "\\" + "0abtnvfr".charAt(known) : value >= 32 && value < 127 ? String.valueOf((char) value)
                        : String.format(Locale.ROOT, "%03o", value);
                line.append(" ".repeat(4 - shown.length())).append(shown);
            } else if (type != null && type.startsWith("x")) {
                line.append(String.format(Locale.ROOT, bytes ? " %02x" : " %04x", value));
            } else if (type != null && type.startsWith("u")) {
                line.append(String.format(Locale.ROOT, bytes ? " %3d" : " %5d", value));
            } else if (type != null && type.startsWith("d")) {
                line.append(String.format(Locale.ROOT, bytes ? " %4d" : " %6d", bytes ? (byte) value : (short) value));
            } else {
                line.append(String.format(Locale.ROOT, bytes ? " %03o" : " %06o", value));
            }
        }
        if (shows) {
            line.append(" ".repeat((at + 16 - Math.min(at + 16, all.length())) * 3)).append("  >");
            for (int i = at; i < Math.min(at + 16, all.length()); i++) {
                line.append(all.get(i) >= 32 && all.get(i) < 127 ? (char) all.get(i) : '.');
            }
            line.append('<');
        }
        return line.toString();
    }
}
