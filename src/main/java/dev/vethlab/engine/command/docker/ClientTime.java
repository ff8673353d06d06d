package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.GoDuration;
import dev.vethlab.engine.sim.CalendarTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as {@code --since} and {@code --until} take it: how long ago, seconds since 1970, or parts of RFC 3339 ({@code
 * api/types/time.GetTimestamp}).
 *
 * @param nanos virtual time
 * @param sent as the client tells the engine: seconds since 1970
 */
record ClientTime(long nanos, String sent) {
    private static final long SECOND = 1_000_000_000L;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?");
    private static final Pattern DATE = Pattern.compile(
            "(\\d{4})-(\\d\\d)-(\\d\\d)(?:T(\\d\\d)(?::(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?)?)?(Z|[+-]\\d\\d:\\d\\d)?");

    /** @throws EngineException with the client's words; it is not the engine that says them */
    static ClientTime parse(String text, long now) throws EngineException {
        OptionalLong ago = GoDuration.parse(text);
        if (ago.isPresent() && !text.matches("\\d+")) {
            long then = now - ago.getAsLong();
            return new ClientTime(then, Long.toString(CalendarTime.seconds(then)));
        }
        long zero = CalendarTime.seconds(0);
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            return of(date, text, zero);
        }
        if (SECONDS.matcher(text).matches()) {
            return new ClientTime((long) ((Double.parseDouble(text) - zero) * SECOND), text);
        }
        throw EngineException.badRequest("failed to parse value as time or duration: \"" + text + "\"");
    }

    private static ClientTime of(Matcher date, String text, long zero) throws EngineException {
        int month = number(date, 2);
        if (month < 1 || month > 12) {
            throw outOfRange(text, "month");
        }
        try {
            LocalDate day = LocalDate.of(number(date, 1), month, number(date, 3));
            LocalTime time = time(date, text);
            ZoneOffset offset = date.group(8) == null ? ZoneOffset.UTC : ZoneOffset.of(date.group(8));
            long seconds = day.atTime(time).toEpochSecond(offset);
            return new ClientTime((seconds - zero) * SECOND + time.getNano(), seconds + String.format(".%09d", time.getNano()));
        } catch (DateTimeException e) {
            throw outOfRange(text, "day");
        }
    }

    private static LocalTime time(Matcher date, String text) throws EngineException {
        String[] names = {"hour", "minute", "second"};
        int[] most = {24, 60, 60};
        for (int i = 0; i < names.length; i++) {
            if (number(date, 4 + i) >= most[i]) {
                throw outOfRange(text, names[i]);
            }
        }
        String fraction = date.group(7) == null ? "0" : (date.group(7) + "0".repeat(9)).substring(0, 9);
        return LocalTime.of(number(date, 4), number(date, 5), number(date, 6), Integer.parseInt(fraction));
    }

    private static int number(Matcher date, int group) {
        return date.group(group) == null ? 0 : Integer.parseInt(date.group(group));
    }

    private static EngineException outOfRange(String text, String what) {
        return EngineException.badRequest("parsing time \"" + text + "\": " + what + " out of range");
    }

    /** The virtual time that {@code text} means, {@code otherwise} if it is empty; complaints name the flag, if one is given. */
    static long nanos(String text, long now, long otherwise, String flag) throws EngineException {
        try {
            return text.isEmpty() ? otherwise : parse(text, now).nanos();
        } catch (EngineException e) {
            throw EngineException.badRequest((flag.isEmpty() ? "" : "invalid value for \"" + flag + "\": ") + e.message());
        }
    }
}
