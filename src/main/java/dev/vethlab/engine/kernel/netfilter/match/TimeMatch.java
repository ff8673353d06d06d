package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.sim.CalendarTime;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code -m time}: when a packet comes, in UTC ({@code xt_time.c}).
 *
 * @param dateStart and {@code dateStop}: seconds since 1970, both included
 * @param dayStart and {@code dayStop}: seconds of a day, both included; begins the day before if the first is later
 * @param monthDays bit 1 to bit 31
 * @param weekDays bit 1, Monday, to bit 7
 * @param kernelZone in the kernel's time zone, which is UTC as well
 * @param contiguous a span over midnight belongs to the day it begins on
 */
public record TimeMatch(
        long dateStart,
        long dateStop,
        int dayStart,
        int dayStop,
        int monthDays,
        int weekDays,
        boolean kernelZone,
        boolean contiguous) implements Match {
    public static final long LAST_SECOND = Integer.MAX_VALUE;
    public static final int SECONDS_PER_DAY = 86_400;
    public static final int ALL_MONTH_DAYS = 0xFFFF_FFFE;
    public static final int ALL_WEEK_DAYS = 0xFE;

    private static final DateTimeFormatter SAVED = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter LISTED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    @Override
    public String name() {
        return "time";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        long now = CalendarTime.seconds(at.namespace().kernel().now());
        if (now < dateStart || now > dateStop) {
            return false;
        }
        long ofDay = now % SECONDS_PER_DAY;
        if (dayStart < dayStop) {
            if (ofDay < dayStart || ofDay > dayStop) {
                return false;
            }
        } else {
            if (ofDay < dayStart && ofDay > dayStop) {
                return false;
            }
            if (contiguous && ofDay <= dayStop) {
                now -= SECONDS_PER_DAY;
            }
        }
        LocalDateTime date = LocalDateTime.ofEpochSecond(now, 0, ZoneOffset.UTC);
        return (weekDays >>> date.getDayOfWeek().getValue() & 1) != 0 && (monthDays >>> date.getDayOfMonth() & 1) != 0;
    }

    private boolean anyTimeOfDay() {
        return dayStart == 0 && dayStop == SECONDS_PER_DAY - 1;
    }

    private static String clock(int second) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
    }

    private static String date(long second, DateTimeFormatter format) {
        return format.format(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
    }

    private String weekDayNames() {
        List<String> names = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            if ((weekDays >>> day.getValue() & 1) != 0) {
                names.add(day.getDisplayName(TextStyle.SHORT, Locale.ROOT));
            }
        }
        return String.join(",", names);
    }

    private String monthDayNames(boolean ordinal) {
        List<String> names = new ArrayList<>();
        for (int day = 1; day <= 31; day++) {
            if ((monthDays >>> day & 1) != 0) {
                names.add(day + (ordinal ? ending(day) : ""));
            }
        }
        return String.join(",", names);
    }

    private static String ending(int day) {
        return switch (day % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }

    @Override
    public void save(StringBuilder out) {
        if (!anyTimeOfDay()) {
            out.append(" --timestart ").append(clock(dayStart)).append(" --timestop ").append(clock(dayStop));
        }
        out.append(monthDays == ALL_MONTH_DAYS ? "" : " --monthdays " + monthDayNames(false));
        out.append(weekDays == ALL_WEEK_DAYS ? "" : " --weekdays " + weekDayNames());
        out.append(dateStart == 0 ? "" : " --datestart " + date(dateStart, SAVED)).append(" --datestop ").append(date(dateStop, SAVED));
        out.append(kernelZone ? " --kerneltz" : "").append(contiguous ? " --contiguous" : "");
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" TIME");
        if (!anyTimeOfDay()) {
            out.append(" from ").append(clock(dayStart)).append(" to ").append(clock(dayStop));
        }
        out.append(weekDays == ALL_WEEK_DAYS ? "" : " on " + weekDayNames());
        out.append(monthDays == ALL_MONTH_DAYS ? "" : " on " + monthDayNames(true));
        out.append(dateStart == 0 ? "" : " starting from " + date(dateStart, LISTED));
        out.append(dateStop == LAST_SECOND ? "" : " until date " + date(dateStop, LISTED));
        out.append(kernelZone ? "" : " UTC").append(contiguous ? " contiguous" : "");
    }

    @Override
    public String was(PacketView seen) {
        return "another time";
    }
}
