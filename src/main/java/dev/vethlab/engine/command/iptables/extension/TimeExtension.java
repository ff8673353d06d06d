package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.TimeMatch;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code -m time}. */
final class TimeExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("timestart"), Option.value("timestop"), Option.value("datestart"), Option.value("datestop"),
            Option.invertible("monthdays"), Option.invertible("weekdays"), Option.flag("kerneltz"), Option.flag("contiguous"));

    private static final Pattern CLOCK = Pattern.compile("([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?");
    private static final Pattern DATE = Pattern.compile(
            "([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:T([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2}))?)?)?)?)?");

    private long dateStart;
    private long dateStop = TimeMatch.LAST_SECOND;
    private int dayStart;
    private int dayStop = TimeMatch.SECONDS_PER_DAY - 1;
    private int monthDays = TimeMatch.ALL_MONTH_DAYS;
    private int weekDays = TimeMatch.ALL_WEEK_DAYS;

    TimeExtension() {
        super("time", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "timestart" -> dayStart = clock(value);
            case "timestop" -> dayStop = clock(value);
            case "datestart" -> dateStart = date(value);
            case "datestop" -> dateStop = date(value);
            case "monthdays" -> monthDays = inverted ? ~days(value, 31) & TimeMatch.ALL_MONTH_DAYS : days(value, 31);
            case "weekdays" -> weekDays = inverted ? ~days(value, 7) & TimeMatch.ALL_WEEK_DAYS : days(value, 7);
            default -> {}
        }
    }

    private static int clock(String value) throws IptablesException {
        Matcher parts = CLOCK.matcher(value);
        int hour = parts.matches() ? Integer.parseInt(parts.group(1)) : 24;
        int minute = hour == 24 ? 0 : Integer.parseInt(parts.group(2));
        int second = hour == 24 || parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
        if (hour > 23 || minute > 59 || second > 59) {
            throw IptablesException.parameter("invalid time \"" + value
                    + "\" specified, should be hh:mm[:ss] format and within the boundaries");
        }
        return hour * 3600 + minute * 60 + second;
    }

    private static long date(String value) throws IptablesException {
        Matcher parts = DATE.matcher(value);
        try {
            if (parts.matches()) {
                int[] part = new int[6];
                for (int i = 0; i < part.length; i++) {
                    part[i] = parts.group(i + 1) == null ? (i < 3 ? 1 : 0) : Integer.parseInt(parts.group(i + 1));
                }
                return LocalDateTime.of(part[0], part[1], part[2], part[3], part[4], part[5]).toEpochSecond(ZoneOffset.UTC);
            }
        } catch (DateTimeException e) {
            // falls through to the message
        }
        throw IptablesException.parameter("Invalid date \"" + value + "\" specified. Should be YYYY[-MM[-DD[Thh[:mm[:ss]]]]]");
    }

    /** Numbers, and of weekdays also names, of which the first two letters count. */
    private static int days(String value, int last) throws IptablesException {
        int bits = 0;
        for (String word : value.split(",")) {
            Long number = Numbers.parse(word);
            int day = number != null && number >= 1 && number <= last ? number.intValue() : 0;
            for (DayOfWeek named : DayOfWeek.values()) {
                boolean same = last == 7 && word.length() >= 2 && named.name().regionMatches(true, 0, word, 0, 2);
                day = same ? named.getValue() : day;
            }
            if (day == 0) {
                String of = last == 7 ? " is not a valid day specifier" : " is not a valid day for --monthdays";
                throw IptablesException.parameter(word + of);
            }
            bits |= 1 << day;
        }
        return bits;
    }

    @Override
    public Match match() {
        return new TimeMatch(dateStart, dateStop, dayStart, dayStop, monthDays, weekDays, has("kerneltz"), has("contiguous"));
    }
}
