package dev.vethlab.engine.command.core;

import com.google.re2j.Pattern;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ps top pgrep pkill kill killall pidof}: the processes that one sees. */
final class Processes {
    private static final long SECOND = 1_000_000_000L;

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
        Getopt options = Getopt.parse(Gnu.argv(self), "o:T");
        String columns = options.error() == null && options.has("o") ? String.valueOf(options.value("o")) : "pid,user,args";
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
        if (Applet.is(self)) {
            return psApplet(self);
        }
        List<String> words = self.arguments().subList(1, self.arguments().size());
        String letters = String.join("", words.stream().filter(word -> word.matches("-?[a-zA-Z]+")).toList()).replace("-", "");
        boolean dashed = words.stream().anyMatch(word -> word.startsWith("-"));
        boolean all = letters.matches(".*[axeA].*");
        boolean user = !dashed && letters.contains("u");
        boolean full = dashed && letters.contains("f");
        String format = null;
        Integer only = null;
        List<String> called = null;
        for (int i = 0; i < words.size(); i++) {
            if ((words.get(i).equals("-o") || words.get(i).equals("o") || words.get(i).endsWith("o") && dashed) && i + 1 < words.size()) {
                format = words.get(i + 1);
            } else if ((words.get(i).equals("-p") || words.get(i).equals("p")) && i + 1 < words.size() && words.get(i + 1)
                    .matches("\\d{1,9}")) {
                only = Integer.valueOf(words.get(i + 1));
            } else if (words.get(i).equals("-C") && i + 1 < words.size()) {
                called = List.of(words.get(i + 1).split(","));
            } else if (words.get(i).startsWith("--") && !words.get(i).equals("--no-headers") && !words.get(i).equals("--forest")) {
                self.error("error: unknown gnu long option");
                return 1;
            }
        }
        String columns = format != null ? format : user ? "user,pid,%cpu,%mem,vsz,rss,tty,stat,start,time,command"
                : full ? "user,pid,ppid,c,stime,tty,time,cmd" : !dashed && letters.matches(".*[ax].*") ? "pid,tty,stat,time,command"
                        : "pid,tty,time,comm";
        var rows = new ArrayList<String[]>();
        String[] names = columns.split(",");
        for (Map.Entry<Integer, EmulatedProcess> entry : visible(self).entrySet()) {
            EmulatedProcess process = entry.getValue();
            boolean shown = called != null ? called.contains(process.name())
                    : only != null ? entry.getKey().equals(only) : all || terminal(process).equals(terminal(self));
            if (shown) {
                String[] row = new String[names.length];
                for (int i = 0; i < names.length; i++) {
                    row[i] = column(self, names[i].split("=", 2)[0], entry.getKey(), process);
                }
                rows.add(row);
            }
        }
        print(self, names, rows, !words.contains("--no-headers") && !columns.endsWith("="));
        return rows.isEmpty() ? 1 : 0;
    }

    private static String owner(EmulatedProcess self, EmulatedProcess process) {
        String name = Accounts.user(self, process.context().user().uid());
        return name == null ? Integer.toString(process.context().user().uid()) : name;
    }

    private static String column(EmulatedProcess self, String name, int number, EmulatedProcess process) {
        return switch (name) {
            case "user", "uid", "euser" -> owner(self, process);
            case "pid" -> Integer.toString(number);
            case "ppid" -> Integer.toString(parent(self, process));
            case "pgid" -> Integer.toString(process.group());
            case "%cpu", "%mem", "pcpu", "pmem" -> "0.0";
            case "c", "ni" -> "0";
            case "vsz", "rss" -> "0";
            case "tty" -> terminal(process);
            case "stat", "s", "state" -> state(self, process);
            case "start", "stime" -> Dates.strftime(Dates.of(process.startTime()), "%H:%M");
            case "time" -> "00:00:00";
            case "etime" -> {
                long seconds = (self.now() - process.startTime()) / SECOND;
                yield (seconds / 60 < 10 ? "0" : "") + seconds / 60 + ":" + (seconds % 60 < 10 ? "0" : "") + seconds % 60;
            }
            case "comm", "ucmd" -> process.name();
            case "command", "cmd", "args" -> String.join(" ", process.arguments());
            default -> "-";
        };
    }

    private static void print(EmulatedProcess self, String[] names, List<String[]> rows, boolean titled) {
        int[] widths = new int[names.length];
        String[] titles = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i].split("=", 2)[0];
            titles[i] = names[i].contains("=") ? names[i].substring(names[i].indexOf('=') + 1)
                    : switch (name) {
                        case "comm" -> names.length == 4 ? "CMD" : "COMMAND";
                        case "args" -> "COMMAND";
                        case "user" -> names.length == 8 ? "UID" : "USER";
                        case "etime" -> "ELAPSED";
                        case "state", "s" -> "S";
                        default -> name.toUpperCase(Locale.ROOT);
                    };
            int minimum = name.equals("pid") || name.equals("ppid") ? 7 : name.equals("user") ? 8 : name.equals("tty") ? 8
                    : titles[i].length();
            int column = i;
            widths[i] = Math.max(Math.max(minimum, titles[i].length()), rows.stream().mapToInt(row -> row[column].length()).max()
                    .orElse(0));
        }
        if (titled) {
            rows.addFirst(titles);
        }
        for (String[] row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                boolean right = List.of("pid", "ppid", "%cpu", "%mem", "vsz", "rss", "c", "pgid", "time", "etime")
                        .contains(names[i].split("=", 2)[0]);
                String padding = " ".repeat(widths[i] - row[i].length());
                line.append(i > 0 ? " " : "").append(right ? padding + row[i] : i < row.length - 1 ? row[i] + padding : row[i]);
            }
            self.println(line.toString());
        }
    }

    static int top(EmulatedProcess self) {
        if (!self.arguments().contains("-b") && self.arguments().stream().noneMatch(word -> word.startsWith("-b"))) {
            return Unsupported.answer(self, "top: only the batch mode is emulated: top -b -n 1");
        }
        Map<Integer, EmulatedProcess> all = visible(self);
        self.println("top - " + Dates.strftime(Dates.of(self.now()), "%T") + " up " + self.now() / SECOND / 60
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
            } else if (signal != null) {
                process.signal(signal);
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
        Getopt options = Getopt.parse(argv, "flaxnovcd:P:g:u:U:s:eix", "full=f", "list-name=l", "list-full=a", "exact=x", "newest=n",
                "oldest=o",
                "inverse=v", "count=c", "delimiter:=d", "parent:=P", "signal:", "echo=e", "ignore-case=i");
        if (options.error() != null) {
            self.error(options.error());
            Gnu.tryHelp(self);
            return 2;
        }
        if (options.operands().isEmpty() && !options.has("P")) {
            self.error(self.name() + ": no matching criteria specified");
            Gnu.tryHelp(self);
            return 2;
        }
        String regex = options.operands().isEmpty() ? "" : options.operands().getFirst();
        Pattern pattern;
        try {
            pattern = Regex.compile(self, options.has("x") ? "^(" + regex + ")$" : regex, true, options.has("i"));
        } catch (Regex.Mistake e) {
            self.error(self.name() + ": " + e.getMessage());
            return 2;
        }
        var found = new ArrayList<Map.Entry<Integer, EmulatedProcess>>();
        for (Map.Entry<Integer, EmulatedProcess> entry : visible(self).entrySet()) {
            EmulatedProcess process = entry.getValue();
            String text = options.has("f") ? String.join(" ", process.arguments()) : process.name();
            boolean child = !options.has("P") || Integer.toString(parent(self, process)).equals(options.value("P"));
            if (process != self && child && pattern.matcher(text).find() != options.has("v")) {
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
            if (kills) {
                entry.getValue().signal(signal);
            } else if (!options.has("c")) {
                self.println(entry.getKey() + (options.has("a") ? " " + String.join(" ", entry.getValue().arguments())
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
                if (process.name().equals(name) && process != self) {
                    process.signal(signal);
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
