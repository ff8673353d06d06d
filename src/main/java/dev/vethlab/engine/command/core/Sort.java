package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code sort}; the order is that of the C locale. */
final class Sort {
    /** {@code -k}: from a field and character to a field and character (0: its end), and letters that change the comparison. */
    private record Key(int field, int character, int endField, int endCharacter, String flags) {}

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    private final @Nullable String separator;

    private Sort(@Nullable String separator) {
        this.separator = separator;
    }

    static int sort(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "bdfghiMnrRVcCk:mo:sS:t:uz", "ignore-leading-blanks=b", "ignore-case=f", "numeric-sort=n",
                "reverse=r",
                "human-numeric-sort=h", "version-sort=V", "general-numeric-sort=g", "unique=u", "key:=k", "field-separator:=t", "output:=o",
                "stable=s", "check=c", "random-sort=R", "month-sort=M", "dictionary-order=d", "merge=m", "zero-terminated=z", "parallel:",
                "buffer-size:=S", "temporary-directory:");
        if (options == null) {
            return 2;
        }
        String separator = options.value("t");
        if (separator != null && separator.length() != 1) {
            self.error(separator.isEmpty() ? "sort: empty tab" : "sort: multi-character tab " + Gnu.quote(self, separator));
            return 2;
        }
        var sort = new Sort(separator);
        var keys = new ArrayList<Key>();
        var global = new StringBuilder();
        for (Getopt.Option option : options.options()) {
            if (option.name().equals("k")) {
                Key key = key(option.value());
                if (key == null) {
                    String quoted = Gnu.quote(self, option.value());
                    self.error(option.value().matches("0([.,].*)?") ? "sort: field number is zero: invalid field specification " + quoted
                            : "sort: invalid number at field start: invalid count at start of " + quoted);
                    return 2;
                }
                keys.add(key);
            } else if ("bdfghiMnrV".contains(option.name())) {
                global.append(option.name());
            }
        }
        List<String> lines = new ArrayList<>();
        int status = Inputs.forEach(self, Gnu.files(options), Gnu.lineEnd(options), (name, reader) -> reader.allInto(lines));
        if (status != 0) {
            return 2;
        }
        Comparator<String> order = sort.order(keys, global.toString());
        boolean reverse = global.indexOf("r") >= 0;
        Comparator<String> complete = options.has("u") || options.has("s") ? order
                : order.thenComparing(reverse ? Comparator.<String>reverseOrder() : Comparator.<String>naturalOrder());
        if (options.has("c") || options.has("C")) {
            for (int i = 1; i < lines.size(); i++) {
                int comparison = complete.compare(lines.get(i - 1), lines.get(i));
                if (comparison > 0 || comparison == 0 && options.has("u")) {
                    if (options.has("c")) {
                        self.error("sort: " + Gnu.files(options).getFirst() + ":" + (i + 1) + ": disorder: " + lines.get(i));
                    }
                    return 1;
                }
            }
            return 0;
        }
        lines.sort(complete);
        var text = new StringBuilder();
        String last = null;
        for (String line : lines) {
            if (!options.has("u") || last == null || order.compare(last, line) != 0) {
                text.append(line).append(Gnu.lineEnd(options));
                last = line;
            }
        }
        return write(self, options.value("o"), text.toString());
    }

    private static int write(EmulatedProcess self, @Nullable String name, String text) {
        if (name == null) {
            if (!text.isEmpty()) {
                self.print(text);
            }
            return 0;
        }
        try {
            self.context().files().writeAll(self, name, Bytes.of(text));
            return 0;
        } catch (KernelException e) {
            self.error("sort: open failed: " + name + ": " + e.errno().message());
            return 2;
        }
    }

    private static @Nullable Key key(String text) {
        String position = "(\\d{1,6})(?:\\.(\\d{1,6}))?([a-zA-Z]*)";
        var matcher = java.util.regex.Pattern.compile(position + "(?:," + position + ")?").matcher(text);
        if (!matcher.matches() || matcher.group(1).equals("0")) {
            return null;
        }
        return new Key(Integer.parseInt(matcher.group(1)), number(matcher.group(2), 1), number(matcher.group(4), 0),
                number(matcher.group(5), 0),
                matcher.group(3) + (matcher.group(6) == null ? "" : matcher.group(6)));
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    private Comparator<String> order(List<Key> keys, String global) {
        if (keys.isEmpty()) {
            return compare(global);
        }
        Comparator<String> order = null;
        for (Key key : keys) {
            Comparator<String> flagged = compare(key.flags.isEmpty() ? global : key.flags);
            Comparator<String> each = (a, b) -> flagged.compare(extract(a, key), extract(b, key));
            order = order == null ? each : order.thenComparing(each);
        }
        return java.util.Objects.requireNonNull(order);
    }

    private int fieldStart(String line, int field) {
        int at = 0;
        for (int i = 1; i < field; i++) {
            if (separator != null) {
                int next = line.indexOf(separator, at);
                if (next < 0) {
                    return line.length();
                }
                at = next + 1;
            } else {
                while (at < line.length() && isBlank(line.charAt(at))) {
                    at++;
                }
                while (at < line.length() && !isBlank(line.charAt(at))) {
                    at++;
                }
            }
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private String extract(String line, Key key) {
        int start = fieldStart(line, key.field);
        if (key.flags.contains("b")) {
            while (start < line.length() && isBlank(line.charAt(start))) {
                start++;
            }
        }
        start = Math.min(line.length(), start + key.character - 1);
        int end = line.length();
        if (key.endField > 0) {
            if (key.endCharacter == 0) {
                end = fieldStart(line, key.endField + 1);
                // the separator before the next field is not part of this one
                boolean ends = separator != null && line.indexOf(separator, fieldStart(line, key.endField)) >= 0;
                end = ends ? end - 1 : end;
            } else {
                end = Math.min(line.length(), fieldStart(line, key.endField) + key.endCharacter);
            }
        }
        return start >= end ? "" : line.substring(start, end);
    }

    private static Comparator<String> compare(String flags) {
        Comparator<String> order;
        if (flags.contains("n")) {
            order = Comparator.comparing(Sort::numeric);
        } else if (flags.contains("h")) {
            order = Comparator.comparing(Sort::human);
        } else if (flags.contains("g")) {
            order = Comparator.comparingDouble(Sort::general);
        } else if (flags.contains("M")) {
            order = Comparator.comparingInt(Sort::month);
        } else if (flags.contains("V")) {
            order = Sort::versions;
        } else {
            boolean fold = flags.contains("f");
            boolean dictionary = flags.contains("d");
            boolean blanks = flags.contains("b");
            order = Comparator.comparing(text -> {
                String s = blanks ? text.stripLeading() : text;
                s = dictionary ? s.replaceAll("[^0-9A-Za-z \t]", "") : s;
                return fold ? s.toUpperCase(Locale.ROOT) : s;
            });
        }
        return flags.contains("r") ? order.reversed() : order;
    }

    private static BigDecimal numeric(String text) {
        var matcher = java.util.regex.Pattern.compile("\\s*(-?\\d{0,40}(?:\\.\\d{0,40})?)").matcher(text);
        String digits = matcher.lookingAt() ? matcher.group(1) : "";
        try {
            return new BigDecimal(digits.endsWith(".") ? digits + "0" : digits);
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    /** As strtod(3) reads it; what is no number comes first. */
    private static double general(String text) {
        var matcher = java.util.regex.Pattern.compile("\\s*([-+]?(?:\\d{1,40}\\.?\\d{0,40}|\\.\\d{1,40})(?:[eE][-+]?\\d{1,4})?)").matcher(text);
        return matcher.lookingAt() ? Double.parseDouble(matcher.group(1)) : Double.NEGATIVE_INFINITY;
    }

    /** 1 to 12; 0 if it is none. */
    private static int month(String text) {
        String name = text.stripLeading().toUpperCase(Locale.ROOT);
        return name.length() < 3 ? 0 : MONTHS.indexOf(name.substring(0, 3)) + 1;
    }

    private static BigDecimal human(String text) {
        var matcher = java.util.regex.Pattern.compile("\\s*-?\\d+(?:\\.\\d+)?([KMGTPE]?)").matcher(text);
        int power = matcher.lookingAt() && !matcher.group(1).isEmpty() ? "KMGTPE".indexOf(matcher.group(1)) + 1 : 0;
        return numeric(text).multiply(BigDecimal.valueOf(1024).pow(power));
    }

    private static int versions(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (Character.isDigit(a.charAt(i)) && Character.isDigit(b.charAt(j))) {
                int endA = i;
                int endB = j;
                while (endA < a.length() && Character.isDigit(a.charAt(endA))) {
                    endA++;
                }
                while (endB < b.length() && Character.isDigit(b.charAt(endB))) {
                    endB++;
                }
                int order = new BigDecimal(a.substring(i, endA)).compareTo(new BigDecimal(b.substring(j, endB)));
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
            } else {
                int order = Character.compare(a.charAt(i++), b.charAt(j++));
                if (order != 0) {
                    return order;
                }
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }
}
