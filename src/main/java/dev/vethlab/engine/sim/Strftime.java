package dev.vethlab.engine.sim;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** {@code strftime(3)}, in English, with the flags and the {@code %N} that {@code date} adds. */
public final class Strftime {
    private Strftime() {}

    private static String pattern(ZonedDateTime time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }

    public static String format(ZonedDateTime time, String pattern) {
        var text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' || i + 1 == pattern.length()) {
                text.append(c);
                continue;
            }
            char code = pattern.charAt(++i);
            boolean bare = code == '-' && i + 1 < pattern.length();
            int digits = Character.isDigit(code) && i + 1 < pattern.length() ? code - '0' : 9;
            if (bare || digits < 9 || Character.isDigit(code)) {
                code = pattern.charAt(++i);
            }
            String part = code == 'N' ? pattern(time, "SSSSSSSSS").substring(0, digits) : field(time, code);
            text.append(bare ? part.replaceFirst("^[0 ]+(?=.)", "") : part);
        }
        return text.toString();
    }

    private static String field(ZonedDateTime time, char code) {
        return switch (code) {
            case 'Y' -> pattern(time, "yyyy");
            case 'y' -> pattern(time, "yy");
            case 'C' -> pattern(time, "yyyy").substring(0, 2);
            case 'm' -> pattern(time, "MM");
            case 'd' -> pattern(time, "dd");
            case 'e' -> (time.getDayOfMonth() < 10 ? " " : "") + time.getDayOfMonth();
            case 'H' -> pattern(time, "HH");
            case 'I' -> pattern(time, "hh");
            case 'k' -> (time.getHour() < 10 ? " " : "") + time.getHour();
            case 'M' -> pattern(time, "mm");
            case 'S' -> pattern(time, "ss");
            case 'N' -> pattern(time, "SSSSSSSSS");
            case 's' -> Long.toString(time.toEpochSecond());
            case 'a' -> pattern(time, "EEE");
            case 'A' -> pattern(time, "EEEE");
            case 'b', 'h' -> pattern(time, "MMM");
            case 'B' -> pattern(time, "MMMM");
            case 'j' -> pattern(time, "DDD");
            case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
            case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
            case 'V' -> String.format(Locale.ROOT, "%02d", time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'U' -> String.format(Locale.ROOT, "%02d", (time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7);
            case 'W' -> String.format(Locale.ROOT, "%02d", (time.getDayOfYear() + 7 - time.getDayOfWeek().getValue()) / 7);
            case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'g' -> String.format(Locale.ROOT, "%02d", time.get(IsoFields.WEEK_BASED_YEAR) % 100);
            case 'l' -> String.format(Locale.ROOT, "%2d", (time.getHour() + 11) % 12 + 1);
            case 'P' -> pattern(time, "a").toLowerCase(Locale.ROOT);
            case 'q' -> Integer.toString(time.get(IsoFields.QUARTER_OF_YEAR));
            case 'p' -> pattern(time, "a");
            case 'Z' -> "UTC";
            case 'z' -> "+0000";
            case 'F' -> pattern(time, "yyyy-MM-dd");
            case 'T', 'X' -> pattern(time, "HH:mm:ss");
            case 'R' -> pattern(time, "HH:mm");
            case 'D', 'x' -> pattern(time, "MM/dd/yy");
            case 'r' -> pattern(time, "hh:mm:ss a");
            case 'c' -> pattern(time, "EEE MMM ") + (time.getDayOfMonth() < 10 ? " " : "") + pattern(time, "d HH:mm:ss yyyy");
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> "%" + code;
        };
    }
}
