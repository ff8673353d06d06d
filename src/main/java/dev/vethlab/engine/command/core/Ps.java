package dev.vethlab.engine.command.core;

import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.shell.Terminal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code ps} of procps 4.0.7: UNIX, BSD and GNU options, mixed as one likes ({@code src/ps/parser.c}). */
final class Ps {
    private static final String HELP = """

            Usage:
             ps [options]

             Try 'ps --help <simple|list|output|threads|misc|all>'
              or 'ps --help <s|l|o|t|m|a>'
             for additional help text.

            For more details see ps(1).""";

    private static final int WIDE = 132;

    /** What is wrong with the options. */
    private static final class Misuse extends Exception {
        private static final long serialVersionUID = 1;

        Misuse(String message) {
            super(message, null, false, false);
        }
    }

    private final EmulatedProcess self;
    private final PsView view;
    private final List<PsColumn> chosen = new ArrayList<>();
    private final Set<String> letters = new TreeSet<>();
    private final Set<Integer> pids = new LinkedHashSet<>();
    private final Set<Integer> parents = new TreeSet<>();
    private final Set<Integer> users = new TreeSet<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<String> terminals = new TreeSet<>();
    private boolean bsd;
    private boolean listed;
    private boolean headless;
    private boolean forest;
    private boolean inverted;
    private int width;
    private @Nullable String order;

    private Ps(EmulatedProcess self) {
        this.self = self;
        this.view = PsView.of(self);
        Terminal terminal = Terminal.of(self);
        this.width = self.descriptor(1).isTerminal() && terminal != null ? terminal.columns() : Integer.MAX_VALUE;
    }

    static int main(EmulatedProcess self) {
        List<String> words = self.arguments().subList(1, self.arguments().size());
        var ps = new Ps(self);
        try {
            String unsupported = null;
            try {
                unsupported = ps.parse(words, false);
            } catch (Misuse e) {
                // what is wrong in the one syntax may be right in the other: ps -x
                ps = new Ps(self);
                try {
                    unsupported = ps.parse(words, true);
                } catch (Misuse again) {
                    throw e;
                }
            }
            if (unsupported != null) {
                return Unsupported.answer(self, "ps: " + unsupported + " is not emulated");
            }
            if (ps.letters.contains("-V")) {
                self.println("ps from procps-ng 4.0.7");
                return 0;
            }
            return ps.print();
        } catch (Misuse e) {
            self.error("error: " + e.getMessage() + "\n" + HELP);
            return 1;
        }
    }

    // ---- options ----

    /** Reads them, all as BSD's if {@code undashed}; what is not emulated, or null. */
    private @Nullable String parse(List<String> words, boolean undashed) throws Misuse {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String next = i + 1 < words.size() ? words.get(i + 1) : null;
            if (word.startsWith("--")) {
                String name = word.substring(2).split("=", 2)[0];
                boolean valued = List.of("sort", "ppid", "pid", "quick-pid", "user", "User", "format", "cols", "columns", "width").contains(name);
                String value = word.contains("=") ? word.substring(word.indexOf('=') + 1) : valued ? next : null;
                i += valued && !word.contains("=") ? 1 : 0;
                String unsupported = longOption(name, value);
                if (unsupported != null) {
                    return unsupported;
                }
                continue;
            }
            boolean hyphen = word.startsWith("-");
            boolean dashed = hyphen && !undashed;
            if (!hyphen && Character.isDigit(word.isEmpty() ? ' ' : word.charAt(0))) {
                bsd = true;
                pidList(word);
                continue;
            }
            bsd |= !dashed;
            String options = hyphen ? word.substring(1) : word;
            for (int at = 0; at < options.length(); at++) {
                String letter = (dashed ? "-" : "") + options.charAt(at);
                if ((dashed ? "CpquUtoOgGs" : "pqtoOUk").indexOf(options.charAt(at)) < 0) {
                    String unsupported = flag(letter);
                    if (unsupported != null) {
                        return unsupported;
                    }
                    continue;
                }
                boolean here = at + 1 < options.length();
                valued(letter, here ? options.substring(at + 1) : next);
                i += here ? 0 : 1;
                break;
            }
        }
        if (letters.contains("-y") && !letters.contains("-l")) {
            throw new Misuse("modifier -y without format -l makes no sense");
        }
        return null;
    }

    private @Nullable String longOption(String name, @Nullable String value) throws Misuse {
        switch (name) {
            case "no-headers", "no-heading", "no-headings", "noheaders", "noheading", "noheadings" -> headless = true;
            case "headers" -> headless = false;
            case "forest" -> forest = true;
            case "deselect" -> inverted = true;
            case "version" -> letters.add("-V");
            case "sort" -> order = value;
            case "cols", "columns", "width" -> width = value != null && value.matches("\\d{1,6}") ? Integer.parseInt(value) : width;
            case "pid", "quick-pid" -> valued("-p", value);
            case "ppid" -> {
                listed = true;
                parents.addAll(numbers(value, "process ID list syntax error"));
            }
            case "user", "User" -> valued("-u", value);
            case "format" -> valued("-o", value);
            case "help", "info", "context", "rows", "lines", "cumulative", "tty", "group", "Group", "sid" -> {
                return "--" + name;
            }
            default -> throw new Misuse("unknown gnu long option");
        }
        return null;
    }

    private @Nullable String flag(String letter) throws Misuse {
        switch (letter) {
            case "h" -> headless = true;
            case "f" -> forest = true;
            case "-H" -> letters.add(letter);
            case "-N" -> inverted = true;
            case "w", "-w" -> width = width == Integer.MAX_VALUE || width == WIDE ? Integer.MAX_VALUE : WIDE;
            case "-e", "-A", "-a", "-d", "-f", "-F", "-l", "-j", "-y", "-V", "-Z", "a", "x", "u", "l", "j" -> letters.add(letter);
            case "-c", "-M", "-P", "g", "n", "S", "c", "e", "r" -> {
                // another presentation of what is nothing here, or nothing at all
            }
            case "-L", "-m", "-T", "H", "m", "L", "T", "v", "s", "X", "Z", "V" -> {
                return letter;
            }
            default -> throw new Misuse(letter.startsWith("-") ? "unsupported SysV option" : "unsupported option (BSD syntax)");
        }
        return null;
    }

    private void valued(String letter, @Nullable String value) throws Misuse {
        String plain = letter.replace("-", "");
        if (value == null) {
            throw new Misuse(switch (plain) {
                case "o", "O" -> "format specification must follow -" + plain;
                case "p", "q" -> "list of process IDs must follow -" + plain;
                case "C" -> "list of command names must follow -C";
                case "u", "U" -> "list of users must follow -" + plain;
                case "t" -> "list of terminals (pty, tty...) must follow -t";
                default -> "list of session leaders OR effective group names must follow -" + plain;
            });
        }
        switch (plain) {
            case "o" -> format(value);
            case "O" -> {
                format("pid");
                format(value);
                format("state,tname,time,command");
            }
            case "p", "q" -> pidList(value);
            case "k" -> order = value;
            case "C" -> {
                listed = true;
                names.addAll(List.of(value.split("[, ]+")));
            }
            case "t" -> {
                listed = true;
                for (String name : value.split("[, ]+")) {
                    terminals.add(name.replaceFirst("^/dev/", "").replaceFirst("^(?=\\d)", "pts/"));
                }
            }
            case "u", "U" -> {
                listed = true;
                for (String name : value.split("[, ]+")) {
                    users.add(user(name));
                }
            }
            default -> {
                listed = true;
                Set<Integer> sessions = numbers(value, "session ID list syntax error");
                view.visible().forEach((number, process) -> {
                    if (sessions.contains(view.number(process.session()))) {
                        pids.add(number);
                    }
                });
            }
        }
    }

    private void pidList(String value) throws Misuse {
        listed = true;
        pids.addAll(numbers(value, "process ID list syntax error"));
    }

    private static Set<Integer> numbers(@Nullable String value, String mistake) throws Misuse {
        var numbers = new LinkedHashSet<Integer>();
        for (String word : (value == null ? "" : value).split("[, ]+")) {
            if (!word.matches("\\d{1,9}")) {
                throw new Misuse(mistake);
            }
            numbers.add(Integer.valueOf(word));
        }
        return numbers;
    }

    private int user(String name) throws Misuse {
        if (name.matches("\\d{1,9}")) {
            return Integer.parseInt(name);
        }
        String[] entry = Accounts.entry(self.context().files(), Accounts.USERS, fields -> fields.length > 2 && fields[0].equals(name));
        if (entry == null && !name.equals("root")) {
            throw new Misuse("user name does not exist");
        }
        return entry == null ? 0 : Integer.parseInt(entry[2]);
    }

    /** {@code name,name=HEADING}: a heading goes on to the end of the word, commas and all. */
    private void format(String text) throws Misuse {
        String rest = text;
        while (!rest.isEmpty()) {
            String[] parts = rest.split("[,= ]", 2);
            PsColumn column = PsColumn.find(parts[0]);
            if (column == null) {
                throw new Misuse("unknown user-defined format specifier \"" + parts[0] + "\"");
            }
            boolean titled = rest.length() > parts[0].length() && rest.charAt(parts[0].length()) == '=';
            chosen.add(titled ? column.titled(parts[1]) : column);
            rest = titled || parts.length < 2 ? "" : parts[1];
        }
    }

    // ---- selection ----

    private boolean isShown(int number, EmulatedProcess process) {
        if (letters.contains("-e") || letters.contains("-A") || letters.contains("a") && letters.contains("x")) {
            return true;
        }
        boolean terminal = Terminal.of(process) != null;
        boolean leader = process.session() == process.pid();
        boolean own = process.context().user().uid() == self.context().user().uid();
        if (letters.contains("-a") && terminal && !leader || letters.contains("-d") && !leader || letters.contains("a") && terminal
                || letters.contains("x") && own) {
            return true;
        }
        if (listed) {
            return pids.contains(number) || parents.contains(view.parent(process)) || users.contains(process.context().user().uid())
                    || names.contains(process.name()) || terminals.contains(PsColumn.terminal(process));
        }
        boolean picked = List.of("-a", "-d", "a", "x").stream().anyMatch(letters::contains);
        return !picked && own && PsColumn.terminal(process).equals(PsColumn.terminal(self));
    }

    // ---- output ----

    private List<PsColumn> columns() {
        if (!chosen.isEmpty()) {
            return chosen;
        }
        if (letters.contains("u")) {
            return PsColumn.of("user,pid,%cpu,%mem,vsz,rss,tname,stat,start_time,bsdtime,args");
        }
        if (letters.contains("l")) {
            return PsColumn.of("f,uid,pid,ppid,pri,ni,vsz,rss,wchan,stat,tname,bsdtime,args");
        }
        if (letters.contains("j")) {
            return PsColumn.of("ppid,pid,pgid,sid,tname,tpgid,stat,uid,bsdtime,args");
        }
        if (letters.contains("-F")) {
            return PsColumn.of("uid_hack,pid,ppid,c,sz,rss,psr,stime,tname,time,cmd");
        }
        if (letters.contains("-l")) {
            return PsColumn.of("f,s," + (letters.contains("-f") ? "uid_hack" : "uid") + ",pid,ppid,c,opri,ni,addr_1,sz,wchan,"
                    + (letters.contains("-f") ? "stime,tname,time,cmd" : "tname,time,ucmd"));
        }
        if (letters.contains("-f")) {
            return PsColumn.of("uid_hack,pid,ppid," + (letters.contains("-j") ? "pgid,sid," : "") + "c,stime,tname,time,cmd");
        }
        if (letters.contains("-j")) {
            return PsColumn.of("pid,pgid,sid,tname,time,ucmd");
        }
        if (letters.contains("-Z")) {
            return PsColumn.of("label,pid,tname,time,ucmd");
        }
        return PsColumn.of(bsd ? "pid,tname,stat,bsdtime,args" : "pid,tname,time,ucmd");
    }

    private int print() throws Misuse {
        List<PsColumn> columns = columns();
        var shown = new ArrayList<EmulatedProcess>();
        view.visible().forEach((number, process) -> {
            if (isShown(number, process) != inverted) {
                shown.add(process);
            }
        });
        if (order != null) {
            sort(shown, order);
        }
        if (!headless && columns.stream().anyMatch(column -> !column.heading().isEmpty())) {
            print(columns, PsColumn::heading);
        }
        if (forest || letters.contains("-H")) {
            printForest(columns, shown);
        } else {
            shown.forEach(process -> print(columns, column -> column.value().apply(view, process)));
        }
        return shown.isEmpty() ? 1 : 0;
    }

    private void sort(List<EmulatedProcess> shown, String keys) throws Misuse {
        Comparator<EmulatedProcess> comparator = (a, b) -> 0;
        for (String key : keys.split(",")) {
            PsColumn column = PsColumn.find(key.replaceFirst("^[-+]", ""));
            if (column == null) {
                throw new Misuse("unknown sort specifier");
            }
            Comparator<EmulatedProcess> by = Comparator.comparing(process -> column.value().apply(view, process), (a, b) ->
                    column.right() && a.matches("\\d{1,15}") && b.matches("\\d{1,15}") ? Long.compare(Long.parseLong(a), Long.parseLong(b))
                            : a.compareTo(b));
            comparator = comparator.thenComparing(key.startsWith("-") ? by.reversed() : by);
        }
        shown.sort(comparator);
    }

    /** Children below their parents; of those whose parent is not shown the last comes first. */
    private void printForest(List<PsColumn> columns, List<EmulatedProcess> shown) {
        var children = new TreeMap<Integer, List<EmulatedProcess>>();
        var roots = new ArrayList<EmulatedProcess>();
        for (EmulatedProcess process : shown) {
            EmulatedProcess parent = view.visible().get(view.parent(process));
            if (parent != null && parent != process && shown.contains(parent)) {
                children.computeIfAbsent(parent.pid(), pid -> new ArrayList<>()).add(process);
            } else {
                roots.add(process);
            }
        }
        Collections.reverse(roots);
        roots.forEach(root -> printTree(columns, root, "", "", children));
    }

    private void printTree(
            List<PsColumn> columns, EmulatedProcess process, String own, String below, TreeMap<Integer, List<EmulatedProcess>> children) {
        print(columns, column -> {
            String text = column.value().apply(view, process);
            return column.heading().equals("CMD") || column.heading().equals("COMMAND") ? own + text : text;
        });
        List<EmulatedProcess> ours = children.getOrDefault(process.pid(), List.of());
        for (int i = 0; i < ours.size(); i++) {
            boolean last = i == ours.size() - 1;
            String branch = forest ? below + " \\_ " : below + "  ";
            printTree(columns, ours.get(i), branch, forest ? below + (last ? "    " : " |  ") : below + "  ", children);
        }
    }

    /** Columns start where they belong, or one space after one that was too wide. */
    private void print(List<PsColumn> columns, java.util.function.Function<PsColumn, String> text) {
        var line = new StringBuilder();
        int start = 0;
        for (int i = 0; i < columns.size(); i++) {
            PsColumn column = columns.get(i);
            String value = text.apply(column);
            int wanted = column.right() ? start + column.width() - value.length() : start;
            while (line.length() < wanted || i > 0 && line.length() < start && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
            if (i > 0 && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
            line.append(value);
            start += column.width() + 1;
        }
        self.println(line.length() > width ? line.substring(0, width) : line.toString());
    }
}
