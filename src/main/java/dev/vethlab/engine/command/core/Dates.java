package dev.vethlab.engine.command.core;

import dev.vethlab.engine.sim.CalendarTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Virtual time as dates, in UTC and English. */
final class Dates {
    private static final long HALF_YEAR = 15_778_476L;

    private Dates() {}

    static ZonedDateTime of(long virtualNanos) {
        return Instant.ofEpochSecond(CalendarTime.seconds(virtualNanos), CalendarTime.nanos(virtualNanos)).atZone(ZoneOffset.UTC);
    }

    private static String format(ZonedDateTime time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }

    /** As {@code ls -l} shows a time: with the hour if it is of the last half year. */
    static String forListing(long modified, long now, boolean full) {
        ZonedDateTime time = of(modified);
        if (full) {
            return format(time, "yyyy-MM-dd HH:mm:ss.SSSSSSSSS Z");
        }
        boolean recent = Math.abs(CalendarTime.seconds(now) - CalendarTime.seconds(modified)) < HALF_YEAR;
        String day = time.getDayOfMonth() < 10 ? " " + time.getDayOfMonth() : Integer.toString(time.getDayOfMonth());
        return format(time, "MMM ") + day + " " + (recent ? format(time, "HH:mm") : " " + time.getYear());
    }

    /** strftime(3). */
    static String strftime(ZonedDateTime time, String pattern) {
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
            String part = code == 'N' ? format(time, "SSSSSSSSS").substring(0, digits) : field(time, code);
            text.append(bare ? part.replaceFirst("^[0 ]+(?=.)", "") : part);
        }
        return text.toString();
    }

    private static String field(ZonedDateTime time, char code) {
        return switch (code) {
            case 'Y' -> format(time, "yyyy");
            case 'y' -> format(time, "yy");
            case 'C' -> format(time, "yyyy").substring(0, 2);
            case 'm' -> format(time, "MM");
            case 'd' -> format(time, "dd");
            case 'e' -> (time.getDayOfMonth() < 10 ? " " : "") + time.getDayOfMonth();
            case 'H' -> format(time, "HH");
            case 'I' -> format(time, "hh");
            case 'k' -> (time.getHour() < 10 ? " " : "") + time.getHour();
            case 'M' -> format(time, "mm");
            case 'S' -> format(time, "ss");
            case 'N' -> format(time, "SSSSSSSSS");
            case 's' -> Long.toString(time.toEpochSecond());
            case 'a' -> format(time, "EEE");
            case 'A' -> format(time, "EEEE");
            case 'b', 'h' -> format(time, "MMM");
            case 'B' -> format(time, "MMMM");
            case 'j' -> format(time, "DDD");
            case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
            case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
            case 'V' -> String.format(Locale.ROOT, "%02d", time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'p' -> format(time, "a");
            case 'Z' -> "UTC";
            case 'z' -> "+0000";
            case 'F' -> format(time, "yyyy-MM-dd");
            case 'T', 'X' -> format(time, "HH:mm:ss");
            case 'R' -> format(time, "HH:mm");
            case 'D', 'x' -> format(time, "MM/dd/yy");
            case 'r' -> format(time, "hh:mm:ss a");
            case 'c' -> format(time, "EEE MMM ") + (time.getDayOfMonth() < 10 ? " " : "") + format(time, "d HH:mm:ss yyyy");
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> "%" + code;
        };
    }

    /** What {@code date -d} understands here: {@code @seconds}, ISO dates, {@code yesterday}, {@code N days ago} and their like. */
    static @Nullable ZonedDateTime parse(String text, ZonedDateTime now) {
        String s = text.strip().toLowerCase(Locale.ROOT);
        if (s.matches("@\\d{1,12}")) {
            return Instant.ofEpochSecond(Long.parseLong(s.substring(1))).atZone(ZoneOffset.UTC);
        }
        try {
            if (s.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return LocalDate.parse(s).atStartOfDay(ZoneOffset.UTC);
            }
            if (s.matches("\\d{4}-\\d\\d-\\d\\d[t ]\\d\\d:\\d\\d(:\\d\\d)?z?")) {
                return LocalDateTime.parse(s.replace(' ', 't').replace("z", "").toUpperCase(Locale.ROOT)).atZone(ZoneOffset.UTC);
            }
        } catch (DateTimeException e) {
            return null;
        }
        switch (s) {
            case "", "now", "today" -> {
                return now;
            }
            case "yesterday" -> {
                return now.minusDays(1);
            }
            case "tomorrow" -> {
                return now.plusDays(1);
            }
            default -> {}
        }
        var relative = Pattern.compile("([+-]?\\d{1,6}) (second|sec|minute|min|hour|day|week|month|year)s?( ago)?").matcher(s);
        if (!relative.matches()) {
            return null;
        }
        long count = Long.parseLong(relative.group(1)) * (relative.group(3) == null ? 1 : -1);
        return switch (relative.group(2)) {
            case "second", "sec" -> now.plusSeconds(count);
            case "minute", "min" -> now.plusMinutes(count);
            case "hour" -> now.plusHours(count);
            case "day" -> now.plusDays(count);
            case "week" -> now.plusWeeks(count);
            case "month" -> now.plusMonths(count);
            default -> now.plusYears(count);
        };
    }
}
