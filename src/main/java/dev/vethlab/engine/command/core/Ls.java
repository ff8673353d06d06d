package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileMode;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.process.file.SymbolicLink;
import dev.vethlab.engine.shell.Terminal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code ls}. */
final class Ls {
    private record Entry(String name, Node node, String path) {}

    private final EmulatedProcess self;
    private final Getopt options;
    private final FileSystem files;
    private int status;
    private boolean printed;

    private Ls(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
        this.files = self.context().files();
    }

    static int main(EmulatedProcess self) {
        List<String> argv = new ArrayList<>(Gnu.argv(self));
        argv.replaceAll(word -> word.startsWith("--color") ? "--color" : word);
        Getopt options = Gnu.parse(self, argv, "1aAdFhlRrStUCixXgGonsLpHkqmc", "all=a", "almost-all=A", "directory=d", "classify=F",
                "human-readable=h", "recursive=R", "reverse=r", "color", "inode=i", "dereference=L", "full-time", "size=s",
                "group-directories-first", "numeric-uid-gid=n", "no-group=G");
        if (options.error() != null) {
            self.error(options.error());
            Gnu.tryHelp(self);
            return Applet.is(self) ? 1 : 2;
        }
        return new Ls(self, options).run();
    }

    private int run() {
        List<String> operands = options.operands().isEmpty() ? List.of(".") : options.operands();
        var plain = new ArrayList<Entry>();
        var directories = new ArrayList<String>();
        for (String operand : operands) {
            try {
                boolean follows = !options.has("l") && !options.has("d") && !options.has("F") || options.has("L");
                Node node = follows && files.exists(self, operand) || operand.endsWith("/") ? files.stat(self, operand)
                        : files.linkStat(self, operand);
                if (node.isDirectory() && !options.has("d")) {
                    directories.add(operand);
                } else {
                    plain.add(new Entry(operand, node, operand));
                }
            } catch (KernelException e) {
                self.error("ls: " + Applet.words(self, "cannot access '" + operand + "'", operand) + ": " + e.errno().message());
                status = Applet.is(self) ? 1 : 2;
            }
        }
        plain.sort(order());
        directories.sort(null);
        print(plain);
        printed = !plain.isEmpty();
        boolean titled = operands.size() > 1 || options.has("R");
        for (String directory : directories) {
            directory(directory, titled);
        }
        return status;
    }

    private Comparator<Entry> order() {
        Comparator<Entry> byName = Comparator.comparing(Entry::name);
        Comparator<Entry> order = byName;
        if (options.has("t")) {
            order = Comparator.comparingLong((Entry entry) -> -entry.node.modified()).thenComparing(byName);
        } else if (options.has("S")) {
            order = Comparator.comparingLong((Entry entry) -> -entry.node.size()).thenComparing(byName);
        }
        return options.has("r") ? order.reversed() : order;
    }

    private void directory(String directory, boolean titled) {
        try {
            var entries = new ArrayList<Entry>();
            Map<String, Node> children = files.list(self, directory);
            if (options.has("a")) {
                entries.add(new Entry(".", files.stat(self, directory), directory));
                entries.add(new Entry("..", files.stat(self, directory + "/.."), directory + "/.."));
            }
            children.forEach((name, node) -> {
                if (!name.startsWith(".") || options.has("a") || options.has("A")) {
                    entries.add(new Entry(name, node, directory + "/" + name));
                }
            });
            entries.sort(order());
            if (titled) {
                self.println((printed ? "\n" : "") + directory + ":");
            }
            printed = true;
            if (options.has("l") || options.has("s") || options.has("n") || options.has("g") || options.has("o")) {
                long blocks = entries.stream().mapToLong(Ls::blocks).sum();
                self.println("total " + (options.has("h") ? SizeFormat.human(blocks * 1024) : Long.toString(blocks)));
            }
            print(entries);
            if (options.has("R")) {
                for (Entry entry : entries) {
                    if (entry.node.isDirectory() && !entry.name.equals(".") && !entry.name.equals("..")) {
                        directory(entry.path, true);
                    }
                }
            }
        } catch (KernelException e) {
            self.error("ls: " + Applet.words(self, "cannot open directory '", "can't open '") + directory + "': " + e.errno().message());
            status = Applet.is(self) ? 1 : 2;
        }
    }

    /** In units of 1024 bytes, as {@code total} counts: whole blocks of 4096. */
    private static long blocks(Entry entry) {
        return entry.node.type() == 'l' ? 0 : (entry.node.size() + 4095) / 4096 * 4;
    }

    private void print(List<Entry> entries) {
        boolean isLong = options.has("l") || options.has("n") || options.has("g") || options.has("o");
        if (!isLong) {
            boolean columns = self.descriptor(1).isTerminal() && !options.has("1") || options.has("C");
            if (columns) {
                columns(entries);
            } else {
                entries.forEach(entry -> self.println(entry.name + mark(entry)));
            }
            return;
        }
        int size = width(entries, this::size);
        int links = width(entries, entry -> Integer.toString(entry.node.links()));
        int user = width(entries, this::user);
        int group = width(entries, this::group);
        for (Entry entry : entries) {
            String target = entry.node instanceof SymbolicLink link ? " -> " + link.target() : "";
            if (Applet.is(self)) {
                self.println(String.format("%10s %4d %-8.8s %-8.8s %9s ", FileMode.text(entry.node), entry.node.links(), user(entry),
                        group(entry), size(entry))
                        + Dates.forListing(entry.node.modified(), self.now(), options.has("full-time")) + " " + entry.name + target
                        + mark(entry));
                continue;
            }
            String owners = (options.has("g") ? "" : padded(user(entry), user) + " ")
                    + (options.has("o") || options.has("G") ? "" : padded(group(entry), group) + " ");
            self.println(FileMode.text(entry.node) + " " + Cat.pad(entry.node.links(), links) + " " + owners
                    + " ".repeat(size - size(entry).length()) + size(entry) + " "
                    + Dates.forListing(entry.node.modified(), self.now(), options.has("full-time")) + " " + entry.name + target
                            + mark(entry));
        }
    }

    private static int width(List<Entry> entries, Function<Entry, String> column) {
        return entries.stream().mapToInt(entry -> column.apply(entry).length()).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private String user(Entry entry) {
        String name = options.has("n") ? null : Accounts.user(self, entry.node.uid());
        return name == null ? Integer.toString(entry.node.uid()) : name;
    }

    private String group(Entry entry) {
        String name = options.has("n") ? null : Accounts.group(self, entry.node.gid());
        return name == null ? Integer.toString(entry.node.gid()) : name;
    }

    private String size(Entry entry) {
        return entry.node.type() == 'c' ? "1, 3" : options.has("h") ? SizeFormat.human(entry.node.size())
                : Long.toString(entry.node.size());
    }

    private String mark(Entry entry) {
        boolean slash = options.has("p") && entry.node.isDirectory();
        if (!options.has("F")) {
            return slash ? "/" : "";
        }
        return entry.node.isDirectory() ? "/" : entry.node.isExecutable() ? "*" : entry.node.type() == 'l' && !options.has("l") ? "@" : "";
    }

    private void columns(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        String given = self.context().environment().get("COLUMNS");
        int width = Terminal.widthFor(self);
        int screen = width > 0 ? width : given != null && given.matches("\\d{1,4}") ? Integer.parseInt(given) : 80;
        List<String> names = entries.stream().map(entry -> entry.name + mark(entry)).toList();
        int columns = names.size();
        List<Integer> widths = List.of();
        int rows = 1;
        for (; columns > 0; columns--) {
            rows = (names.size() + columns - 1) / columns;
            var tried = new ArrayList<Integer>();
            for (int c = 0; c * rows < names.size(); c++) {
                tried.add(names.subList(c * rows, Math.min(names.size(), (c + 1) * rows)).stream().mapToInt(String::length).max().orElse(0)
                        + 2);
            }
            widths = tried;
            if (tried.stream().mapToInt(Integer::intValue).sum() - 2 < screen) {
                break;
            }
        }
        for (int row = 0; row < rows; row++) {
            var line = new StringBuilder();
            for (int c = 0; c * rows + row < names.size() && c < widths.size(); c++) {
                String name = names.get(c * rows + row);
                boolean last = (c + 1) * rows + row >= names.size();
                line.append(name).append(last ? "" : " ".repeat(widths.get(c) - name.length()));
            }
            self.println(line.toString());
        }
    }
}
