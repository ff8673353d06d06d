package dev.vethlab.engine.command.core;

import dev.vethlab.engine.sim.CalendarTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Virtual time as dates, in UTC and English. */
final class Dates {
    private static final long HALF_YEAR = 15_778_476L;

    private Dates() {}

    private static String format(ZonedDateTime time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }

    /** As {@code ls -l} shows a time: with the hour if it is of the last half year. */
    static String forListing(long modified, long now, boolean full) {
        ZonedDateTime time = CalendarTime.at(modified);
        if (full) {
            return format(time, "yyyy-MM-dd HH:mm:ss.SSSSSSSSS Z");
        }
        boolean recent = Math.abs(CalendarTime.seconds(now) - CalendarTime.seconds(modified)) < HALF_YEAR;
        String day = time.getDayOfMonth() < 10 ? " " + time.getDayOfMonth() : Integer.toString(time.getDayOfMonth());
        return format(time, "MMM ") + day + " " + (recent ? format(time, "HH:mm") : " " + time.getYear());
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
