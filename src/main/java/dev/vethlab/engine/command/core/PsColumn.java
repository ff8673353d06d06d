package dev.vethlab.engine.command.core;

import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.User;
import dev.vethlab.engine.shell.Terminal;
import dev.vethlab.engine.sim.CalendarTime;
import dev.vethlab.engine.sim.Strftime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of {@code ps}: its heading, its least width, on which side it is filled up, and what it says of a process ({@code
 * src/ps/output.c} of procps 4.0). Neither processor time nor memory is emulated: they are nothing.
 */
record PsColumn(String heading, int width, boolean right, BiFunction<PsView, EmulatedProcess, String> value) {
    private static final long SECOND = 1_000_000_000L;
    private static final int MAX_COMMAND = 15;
    private static final int MAX_NAME = 8;

    private static final Map<String, PsColumn> ALL = all();

    PsColumn titled(String title) {
        return new PsColumn(title, Math.max(width, title.length()), right, value);
    }

    /** The column of a name; null if there is none. */
    static @Nullable PsColumn find(String name) {
        return ALL.get(name);
    }

    static List<PsColumn> of(String names) {
        return List.of(names.split(",")).stream().map(ALL::get).toList();
    }

    private static Map<String, PsColumn> all() {
        var all = new TreeMap<String, PsColumn>();
        identity(all);
        right(all, "PRI", 3, (view, process) -> "19", "pri");
        right(all, "PRI", 3, (view, process) -> "80", "opri");
        right(all, "NI", 3, (view, process) -> "0", "ni", "nice");
        right(all, "F", 1, (view, process) -> "4", "f", "flag", "flags");
        right(all, "C", 2, (view, process) -> "0", "c");
        right(all, "%CPU", 4, (view, process) -> "0.0", "pcpu", "%cpu");
        right(all, "%MEM", 4, (view, process) -> "0.0", "pmem", "%mem");
        right(all, "VSZ", 6, (view, process) -> "0", "vsz", "vsize");
        right(all, "RSS", 5, (view, process) -> "0", "rss", "rssize");
        right(all, "SZ", 5, (view, process) -> "0", "sz");
        right(all, "PSR", 3, (view, process) -> "0", "psr");
        right(all, "NLWP", 4, (view, process) -> "1", "nlwp", "thcount");
        right(all, "CLS", 3, (view, process) -> "TS", "cls", "policy");
        left(all, "ADDR", 4, (view, process) -> "-", "addr");
        all.put("addr_1", new PsColumn("ADDR", 1, false, (view, process) -> "-"));
        left(all, "LABEL", 31, (view, process) -> "-", "label", "context");
        left(all, "WCHAN", 6, (view, process) -> "-", "wchan");
        left(all, "TTY", 8, (view, process) -> terminal(process), "tname");
        left(all, "TT", 8, (view, process) -> terminal(process), "tt", "tty");
        right(all, "TPGID", 7, (view, process) -> {
            Terminal terminal = Terminal.of(process);
            return terminal == null ? "-1" : Integer.toString(view.number(terminal.foreground()));
        }, "tpgid");
        left(all, "S", 1, (view, process) -> view.state(process).substring(0, 1), "s", "state");
        left(all, "STAT", 4, PsView::state, "stat");
        times(all);
        left(all, "COMMAND", MAX_COMMAND, (view, process) -> comm(process), "comm", "ucomm");
        left(all, "CMD", MAX_COMMAND, (view, process) -> comm(process), "ucmd");
        left(all, "COMMAND", 27, (view, process) -> String.join(" ", process.commandLine()), "args", "command");
        left(all, "CMD", 27, (view, process) -> String.join(" ", process.commandLine()), "cmd");
        return all;
    }

    private static void identity(Map<String, PsColumn> all) {
        right(all, "PID", 7, (view, process) -> Integer.toString(view.number(process.pid())), "pid", "tgid");
        right(all, "PPID", 7, (view, process) -> Integer.toString(view.parent(process)), "ppid");
        right(all, "PGID", 7, (view, process) -> Integer.toString(view.number(process.group())), "pgid");
        right(all, "PGRP", 7, (view, process) -> Integer.toString(view.number(process.group())), "pgrp");
        right(all, "SID", 7, (view, process) -> Integer.toString(view.number(process.session())), "sid");
        right(all, "SESS", 7, (view, process) -> Integer.toString(view.number(process.session())), "sess", "session");
        left(all, "USER", MAX_NAME, PsColumn::owner, "user", "uname", "euser");
        left(all, "RUSER", MAX_NAME, PsColumn::owner, "ruser");
        left(all, "UID", MAX_NAME, PsColumn::owner, "uid_hack");
        right(all, "UID", 5, (view, process) -> Integer.toString(process.context().user().uid()), "uid");
        right(all, "EUID", 5, (view, process) -> Integer.toString(process.context().user().uid()), "euid");
        right(all, "GID", 5, (view, process) -> Integer.toString(process.context().user().gid()), "gid");
        left(all, "GROUP", MAX_NAME, (view, process) -> {
            User user = process.context().user();
            return name(Accounts.group(view.self(), user.gid()), user.gid());
        }, "group", "egroup");
    }

    private static void times(Map<String, PsColumn> all) {
        right(all, "TIME", 8, (view, process) -> "00:00:00", "time", "cputime");
        right(all, "TIME", 6, (view, process) -> "0:00", "bsdtime");
        right(all, "ELAPSED", 11, (view, process) -> elapsed((view.self().now() - process.startTime()) / SECOND), "etime");
        right(all, "ELAPSED", 7, (view, process) -> Long.toString((view.self().now() - process.startTime()) / SECOND), "etimes");
        left(all, "STIME", 5, (view, process) -> started(view, process, "%H:%M", "%b%d"), "stime");
        left(all, "START", 5, (view, process) -> started(view, process, "%H:%M", "%b%d"), "start_time");
        right(all, "STARTED", 8, (view, process) -> started(view, process, "%H:%M:%S", "%b %d"), "start");
        right(all, "STARTED", 24, (view, process) -> started(view, process, "%a %b %e %H:%M:%S %Y", "%a %b %e %H:%M:%S %Y"), "lstart");
    }

    private static void right(
            Map<String, PsColumn> all, String heading, int width, BiFunction<PsView, EmulatedProcess, String> value, String... names) {
        for (String name : names) {
            all.put(name, new PsColumn(heading, Math.max(width, heading.length()), true, value));
        }
    }

    private static void left(
            Map<String, PsColumn> all, String heading, int width, BiFunction<PsView, EmulatedProcess, String> value, String... names) {
        for (String name : names) {
            all.put(name, new PsColumn(heading, Math.max(width, heading.length()), false, value));
        }
    }

    private static String comm(EmulatedProcess process) {
        return process.name().length() > MAX_COMMAND ? process.name().substring(0, MAX_COMMAND) : process.name();
    }

    private static String owner(PsView view, EmulatedProcess process) {
        int uid = process.context().user().uid();
        return name(Accounts.user(view.self(), uid), uid);
    }

    /** A name too long for its column ends in a plus. */
    private static String name(@Nullable String name, int number) {
        return name == null ? Integer.toString(number) : name.length() > MAX_NAME ? name.substring(0, MAX_NAME - 1) + "+" : name;
    }

    static String terminal(EmulatedProcess process) {
        return Terminal.of(process) == null ? "?" : "pts/0";
    }

    private static String started(PsView view, EmulatedProcess process, String today, String before) {
        long age = CalendarTime.seconds(view.self().now()) - CalendarTime.seconds(process.startTime());
        return Strftime.format(CalendarTime.at(process.startTime()), age < 24 * 3600 ? today : before);
    }

    private static String elapsed(long seconds) {
        long days = seconds / 86_400;
        long hours = seconds / 3600 % 24;
        String minutes = String.format(Locale.ROOT, "%02d:%02d", seconds / 60 % 60, seconds % 60);
        return (days > 0 ? days + "-" : "") + (days > 0 || hours > 0 ? String.format(Locale.ROOT, "%02d:", hours) : "") + minutes;
    }
}
