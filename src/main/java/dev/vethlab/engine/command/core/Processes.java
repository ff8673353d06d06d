package dev.vethlab.engine.command.core;

import com.google.re2j.Pattern;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.ProcessTable;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.sim.CalendarTime;
import dev.vethlab.engine.sim.Strftime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ps top pgrep pkill kill killall pidof}: the processes that one sees. */
final class Processes {
    private static final long SECOND = 1_000_000_000L;

    private static final List<String> APPLET_COLUMNS = List.of("user", "group", "comm", "args", "pid", "ppid", "pgid", "nice", "rgroup",
            "ruser", "tty", "vsz", "sid", "stat", "rss");

    private Processes() {}

    private static Map<Integer, EmulatedProcess> visible(EmulatedProcess self) {
        return self.table().visibleTo(self);
    }

    private static int parent(EmulatedProcess self, EmulatedProcess process) {
        EmulatedProcess parent = process.parent();
        for (Map.Entry<Integer, EmulatedProcess> entry : visible(self).entrySet()) {
            if (entry.getValue() == parent) {
                return entry.getKey();
            }
        }
        return 0;
    }

    private static String state(EmulatedProcess self, EmulatedProcess process) {
        return process == self ? "R" : process.isFrozen() ? "T" : "S";
    }

    private static String terminal(EmulatedProcess process) {
        return process.descriptors().stream().anyMatch(file -> file.isTerminal()) ? "pts/0" : "?";
    }

    /** Busybox's, which shows all there are and takes {@code -o} alone. */
    private static int psApplet(EmulatedProcess self) {
        // what it does not know it passes over
        List<String> words = self.arguments();
        String columns = "pid,user,args";
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).startsWith("-o")) {
                columns = words.get(i).length() > 2 ? words.get(i).substring(2) : i + 1 < words.size() ? words.get(i + 1) : "";
            }
        }
        for (String name : columns.split(",")) {
            if (name.contains("=")) {
                return Unsupported.answer(self, "ps: headings of one's own are not emulated");
            }
            if (!APPLET_COLUMNS.contains(name)) {
                self.error("ps: bad -o argument '" + name + "', supported arguments: " + String.join(",", APPLET_COLUMNS));
                return 1;
            }
        }
        var rows = new ArrayList<String[]>();
        String[] names = columns.split(",");
        rows.add(names);
        visible(self).forEach((number, process) -> {
            String[] row = new String[names.length];
            for (int i = 0; i < names.length; i++) {
                row[i] = column(self, names[i], number, process);
            }
            rows.add(row);
        });
        for (String[] row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                boolean title = row == names;
                boolean number = names[i].equals("pid") || names[i].equals("ppid") || names[i].equals("pgid");
                String text = title ? names[i].equals("args") || names[i].equals("comm") ? "COMMAND" : names[i].toUpperCase(Locale.ROOT) : row[i];
                int width = number ? 5 : i == row.length - 1 ? 0 : names[i].equals("comm") ? 16 : names[i].equals("user") ? 8 : text.length();
                String padding = " ".repeat(Math.max(0, width - text.length()));
                line.append(i > 0 ? " " : "").append(number && !title ? padding + text : text + padding);
            }
            self.println(line.toString());
        }
        return 0;
    }

    static int ps(EmulatedProcess self) {
        return Applet.is(self) ? psApplet(self) : Ps.main(self);
    }

    private static String column(EmulatedProcess self, String name, int number, EmulatedProcess process) {
        return switch (name) {
            case "user" -> owner(self, process);
            case "pid" -> Integer.toString(number);
            case "ppid" -> Integer.toString(parent(self, process));
            case "pgid" -> Integer.toString(process.group());
            case "tty" -> terminal(process);
            case "stat" -> state(self, process);
            case "time" -> "0:00";
            case "etime" -> {
                long seconds = (self.now() - process.startTime()) / SECOND;
                yield seconds / 60 + "m" + (seconds % 60 < 10 ? "0" : "") + seconds % 60;
            }
            case "comm" -> process.name();
            case "args" -> String.join(" ", process.commandLine());
            default -> "-";
        };
    }

    private static String owner(EmulatedProcess self, EmulatedProcess process) {
        String name = Accounts.user(self, process.context().user().uid());
        return name == null ? Integer.toString(process.context().user().uid()) : name;
    }

    static int top(EmulatedProcess self) {
        if (!self.arguments().contains("-b") && self.arguments().stream().noneMatch(word -> word.startsWith("-b"))) {
            return Unsupported.answer(self, "top: only the batch mode is emulated: top -b -n 1");
        }
        Map<Integer, EmulatedProcess> all = visible(self);
        self.println("top - " + Strftime.format(CalendarTime.at(self.now()), "%T") + " up " + self.now() / SECOND / 60
                + " min,  0 users,  load average: 0.00, 0.00, 0.00");
        self.println("Tasks: " + Cat.pad(all.size(), 3) + " total,   1 running, " + Cat.pad(all.size() - 1L, 3)
                + " sleeping,   0 stopped,   0 zombie\n");
        self.println("    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND");
        all.forEach((number, process) -> self.println(Cat.pad(number, 7) + " root      20   0       0      0      0 " + state(self, process)
                + "   0.0   0.0   0:00.00 " + process.name()));
        return 0;
    }

    // ---- signals ----

    static int kill(EmulatedProcess self) {
        List<String> words = new ArrayList<>(self.arguments().subList(1, self.arguments().size()));
        Signal signal = Signal.TERM;
        if (!words.isEmpty() && words.getFirst().equals("-l")) {
            self.println(String.join(" ", List.of(Signal.values()).stream().map(Enum::name).toList()));
            return 0;
        }
        if (!words.isEmpty() && words.getFirst().startsWith("-") && words.getFirst().length() > 1) {
            String word = words.removeFirst();
            String name = word.equals("-s") || word.equals("-n") ? words.isEmpty() ? "" : words.removeFirst() : word.substring(1);
            Signal found = Signal.parse(name);
            if (found == null && !name.equals("0") && !word.equals("--")) {
                self.error("kill: unknown signal " + name);
                return 1;
            }
            signal = name.equals("0") ? null : found == null ? signal : found;
        }
        int status = 0;
        for (String word : words) {
            EmulatedProcess process = word.matches("\\d{1,9}") ? visible(self).get(Integer.valueOf(word)) : null;
            if (process == null) {
                self.error(word.matches("\\d{1,9}")
                        ? Applet.words(self, "kill: (" + word + "): No such process", "kill: can't kill pid " + word + ": No such process") : "kill: failed to parse argument: '" + word
                        + "'");
                status = 1;
            } else if (!self.context().maySignal(process.context())) {
                self.error("kill: " + Applet.words(self, "(" + word + ")", "can't kill pid " + word) + ": " + Errno.EPERM.message());
                status = 1;
            } else if (signal != null) {
                ProcessTable.kill(self, process, signal);
            }
        }
        return status;
    }

    static int pgrep(EmulatedProcess self) {
        boolean kills = self.name().equals("pkill");
        List<String> argv = new ArrayList<>(Gnu.argv(self));
        Signal signal = Signal.TERM;
        for (int i = 1; kills && i < argv.size(); i++) {
            @Nullable Signal found = argv.get(i).matches("-([A-Z0-9]+)") ? Signal.parse(argv.get(i).substring(1)) : null;
            if (found != null) {
                signal = found;
                argv.remove(i--);
            }
        }
        Getopt options = Gnu.parse(self, argv, "flaxnovcd:P:g:u:U:s:eix", "full=f", "list-name=l", "list-full=a", "exact=x", "newest=n",
                "oldest=o",
                "inverse=v", "count=c", "delimiter:=d", "parent:=P", "signal:", "echo=e", "ignore-case=i");
        if (options.error() != null) {
            self.error(options.error());
            Gnu.tryHelp(self);
            return 2;
        }
        if (options.operands().isEmpty() && !options.has("P") && !options.has("u") && !options.has("U")) {
            self.error(self.name() + ": no matching criteria specified");
            Gnu.tryHelp(self);
            return 2;
        }
        String regex = options.operands().isEmpty() ? "" : options.operands().getFirst();
        Pattern pattern;
        try {
            pattern = Regex.compile(self, options.has("x") ? "^(" + regex + ")$" : regex, Regex.Syntax.EXTENDED,
                    options.has("i"));
        } catch (Regex.Mistake e) {
            self.error(self.name() + ": " + e.getMessage());
            return 2;
        }
        var found = new ArrayList<Map.Entry<Integer, EmulatedProcess>>();
        for (Map.Entry<Integer, EmulatedProcess> entry : visible(self).entrySet()) {
            EmulatedProcess process = entry.getValue();
            String text = options.has("f") ? String.join(" ", process.commandLine()) : process.name();
            boolean child = !options.has("P") || Integer.toString(parent(self, process)).equals(options.value("P"));
            String owner = options.has("u") ? options.value("u") : options.value("U");
            boolean owned = owner == null || List.of(owner.split(",")).contains(owner(self, process))
                    || List.of(owner.split(",")).contains(Integer.toString(process.context().user().uid()));
            if (process != self && child && owned && pattern.matcher(text).find() != options.has("v")) {
                found.add(entry);
            }
        }
        if (!found.isEmpty() && (options.has("n") || options.has("o"))) {
            var one = options.has("n") ? found.getLast() : found.getFirst();
            found.clear();
            found.add(one);
        }
        if (options.has("c")) {
            self.println(Integer.toString(found.size()));
        }
        for (Map.Entry<Integer, EmulatedProcess> entry : found) {
            if (kills && !self.context().maySignal(entry.getValue().context())) {
                self.error("pkill: killing pid " + entry.getKey() + " failed: " + Errno.EPERM.message());
            } else if (kills) {
                ProcessTable.kill(self, entry.getValue(), signal);
            } else if (!options.has("c")) {
                self.println(entry.getKey() + (options.has("a") ? " " + String.join(" ", entry.getValue().commandLine())
                        : options.has("l") ? " " + entry.getValue().name() : ""));
            }
        }
        return found.isEmpty() ? 1 : 0;
    }

    static int killall(EmulatedProcess self) {
        List<String> words = new ArrayList<>(self.arguments().subList(1, self.arguments().size()));
        Signal signal = Signal.TERM;
        if (!words.isEmpty() && words.getFirst().startsWith("-")) {
            Signal found = Signal.parse(words.removeFirst().substring(1));
            signal = found == null ? signal : found;
        }
        int status = 0;
        for (String name : words) {
            boolean any = false;
            for (EmulatedProcess process : List.copyOf(visible(self).values())) {
                if (process.name().equals(name) && process != self && self.context().maySignal(process.context())) {
                    ProcessTable.kill(self, process, signal);
                    any = true;
                }
            }
            if (!any) {
                self.error(name + ": no process found");
                status = 1;
            }
        }
        return status;
    }

    static int pidof(EmulatedProcess self) {
        var found = new ArrayList<String>();
        for (String name : self.arguments().subList(1, self.arguments().size())) {
            visible(self).forEach((number, process) -> {
                if (process.name().equals(name)) {
                    found.addFirst(Integer.toString(number));
                }
            });
        }
        if (!found.isEmpty()) {
            self.println(String.join(" ", found));
        }
        return found.isEmpty() ? 1 : 0;
    }
}
