package dev.vethlab.engine.command.link;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.NamespaceKind;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.NamespaceMounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code lsns} of util-linux: the namespaces that processes are in, and those that files keep alive. */
final class Lsns {
    private static final String HINT = "Try 'lsns --help' for more information.";
    private static final List<String> NOT_KNOWN_HERE = List.of("PNS", "ONS");

    /** A namespace with the first of its processes, if it has any. */
    private static final class Found {
        final long inode;
        final NamespaceKind kind;
        final @Nullable NetworkNamespace network;
        int processes;
        int pid;
        @Nullable EmulatedProcess first;

        Found(long inode, NamespaceKind kind, @Nullable NetworkNamespace network) {
            this.inode = inode;
            this.kind = kind;
            this.network = network;
        }
    }

    private final EmulatedProcess self;
    private final Getopt options;
    private final Map<NetworkNamespace, String> files = new LinkedHashMap<>();

    private Lsns(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
        NamespaceMounts.visibleTo(self).forEach((path, network) -> files.putIfAbsent(network, path));
    }

    static int main(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "Jlno:p:Prut:T::WHhV", "json=J", "list=l", "noheadings=n", "output:=o", "output-all",
                "task:=p", "persistent=P", "raw=r", "notruncate=u", "nowrap=W", "type:=t", "tree::=T", "version=V", "help=h");
        if (options.error() != null) {
            self.error(options.error() + "\n" + HINT);
            return 1;
        }
        if (options.has("V")) {
            self.println("lsns from util-linux 2.42.4");
            return 0;
        }
        if (options.has("T") || options.has("h") || options.has("H")) {
            return Unsupported.answer(self, "lsns as a tree, its help and its list of columns are not emulated");
        }
        return new Lsns(self, options).run();
    }

    private int run() {
        List<NamespaceKind> kinds = new ArrayList<>();
        for (Getopt.Option option : options.options()) {
            if (option.name().equals("t")) {
                NamespaceKind kind = Arrays.stream(NamespaceKind.values()).filter(k -> k.file.equals(option.value())).findFirst()
                        .orElse(null);
                if (kind == null) {
                    self.error("lsns: unknown namespace type: " + option.value());
                    return 1;
                }
                kinds.add(kind);
            }
        }
        String task = options.value("p");
        if (task != null && !task.matches("\\d{1,9}")) {
            self.error("lsns: invalid PID argument: '" + task + "'");
            return 1;
        }
        List<String> columns = columns(kinds);
        for (String column : columns) {
            if (NOT_KNOWN_HERE.contains(column)) {
                return Unsupported.answer(self, "lsns -o " + column + " is not emulated");
            }
            if (!LsnsTable.isColumn(column)) {
                self.error("lsns: unknown column: " + column.toLowerCase(Locale.ROOT));
                return 1;
            }
        }
        List<Found> found = new ArrayList<>(namespaces(task == null ? -1 : Integer.parseInt(task)).values());
        found.removeIf(each -> !kinds.isEmpty() && !kinds.contains(each.kind));
        if (!options.operands().isEmpty()) {
            return members(found, options.operands().getFirst());
        }
        found.removeIf(each -> options.has("P") && each.processes > 0);
        var table = new LsnsTable(columns);
        found.forEach(each -> table.row(columns.stream().map(column -> cell(each, column)).toList()));
        self.print(options.has("J") ? table.json("namespaces") : options.has("r") ? table.raw(!options.has("n")) : table.text(!options.has("n")));
        return 0;
    }

    private List<String> columns(List<NamespaceKind> kinds) {
        List<String> columns = new ArrayList<>(List.of("NS", "TYPE", "NPROCS", "PID", "USER"));
        if (kinds.contains(NamespaceKind.NETWORK)) {
            columns.addAll(List.of("NETNSID", "NSFS"));
        }
        columns.add("COMMAND");
        if (!options.operands().isEmpty()) {
            columns = new ArrayList<>(List.of("PID", "PPID", "USER", "COMMAND"));
        }
        String given = options.value("o");
        if (given == null) {
            return options.has("output-all")
                    ? List.of("NS", "TYPE", "PATH", "NPROCS", "PID", "PPID", "COMMAND", "UID", "USER", "NETNSID", "NSFS", "PNS", "ONS")
                    : columns;
        }
        List<String> wanted = List.of((given.startsWith("+") ? given.substring(1) : given).toUpperCase(Locale.ROOT).split(","));
        if (given.startsWith("+")) {
            columns.addAll(wanted);
            return columns;
        }
        return wanted;
    }

    /** By number; {@code only} those of one process if it is not negative. */
    private TreeMap<Long, Found> namespaces(int only) {
        var found = new TreeMap<Long, Found>();
        self.table().visibleTo(self).forEach((pid, process) -> {
            for (NamespaceKind kind : NamespaceKind.values()) {
                long inode = process.context().namespace(kind);
                Found namespace = found.computeIfAbsent(inode,
                        i -> new Found(i, kind, kind == NamespaceKind.NETWORK ? process.network() : null));
                namespace.processes++;
                if (namespace.first == null) {
                    namespace.first = process;
                    namespace.pid = pid;
                }
            }
        });
        EmulatedProcess task = self.table().visibleTo(self).get(only);
        if (only >= 0) {
            found.values().removeIf(each -> task == null || task.context().namespace(each.kind) != each.inode);
            return found;
        }
        files.keySet().forEach(network -> found.putIfAbsent(network.inode(), new Found(network.inode(), NamespaceKind.NETWORK, network)));
        return found;
    }

    private @Nullable String cell(Found namespace, String column) {
        EmulatedProcess first = namespace.first;
        return switch (column) {
            case "NS" -> Long.toString(namespace.inode);
            case "TYPE" -> namespace.kind.file;
            case "NPROCS" -> Integer.toString(namespace.processes);
            case "PID" -> first == null ? null : Integer.toString(namespace.pid);
            case "PPID" -> first == null ? null : Integer.toString(parent(first));
            case "UID" -> Integer.toString(first == null ? 0 : first.context().user().uid());
            case "USER" -> user(first == null ? 0 : first.context().user().uid());
            case "PATH" -> first == null ? null : "/proc/" + namespace.pid + "/ns/" + namespace.kind.file;
            case "COMMAND" -> first == null ? null : String.join(" ", first.commandLine());
            case "NSFS" -> namespace.network == null ? null : files.get(namespace.network);
            default -> namespace.network == null ? null : id(namespace.network);
        };
    }

    private String id(NetworkNamespace network) {
        int id = network == self.network() ? -1 : self.network().knownPeerId(network);
        return id < 0 ? "unassigned" : Integer.toString(id);
    }

    private String user(int uid) {
        String name = Accounts.user(self, uid);
        return name == null ? Integer.toString(uid) : name;
    }

    private static int parent(EmulatedProcess process) {
        EmulatedProcess parent = process.parent();
        return parent == null ? 0 : parent.pid();
    }

    /** The processes of one namespace. */
    private int members(List<Found> found, String number) {
        Found namespace = found.stream().filter(each -> Long.toString(each.inode).equals(number)).findFirst().orElse(null);
        if (namespace == null) {
            self.error("lsns: not found namespace: " + number);
            return 1;
        }
        List<String> columns = List.of("PID", "PPID", "USER", "COMMAND");
        var table = new LsnsTable(columns);
        self.table().visibleTo(self).forEach((pid, process) -> {
            if (process.context().namespace(namespace.kind) == namespace.inode) {
                table.row(Arrays.asList(Integer.toString(pid), Integer.toString(parent(process)), user(process.context().user().uid()),
                        String.join(" ", process.commandLine())));
            }
        });
        self.print(options.has("J") ? table.json("processes") : options.has("r") ? table.raw(!options.has("n")) : table.text(!options.has("n")));
        return 0;
    }
}
