package dev.vethlab.engine.command.conntrack;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.conntrack.Conntrack;
import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.conntrack.ConntrackStatistics;
import dev.vethlab.engine.kernel.conntrack.Tuple;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;
import java.util.Objects;

/** {@code conntrack}: lists, deletes and watches tracked connections. */
final class ConntrackTool {
    /** What standard output holds back when it is no terminal. */
    private static final int STDIO_BUFFER = 4096;

    /** What loading its libraries and asking the kernel takes, in nanoseconds: more than a tick, so that time-outs have begun to run. */
    private static final long LOADING = 4_000_000;

    private ConntrackTool() {}

    static int main(EmulatedProcess self) {
        var options = new ConntrackOptions(self.arguments().subList(1, self.arguments().size()));
        try {
            options.parse();
            return run(self, options);
        } catch (ConntrackException e) {
            if (e.status() == Unsupported.EXIT_STATUS) {
                return Unsupported.answer(self, Objects.requireNonNull(e.getMessage()));
            }
            self.error(Objects.requireNonNull(e.getMessage()));
            return e.status();
        }
    }

    private static int run(EmulatedProcess self, ConntrackOptions options) throws ConntrackException {
        options.check();
        if (options.command == 'V') {
            self.println("conntrack v1.4.9 (conntrack-tools)");
            return 0;
        }
        if (options.command == 0 || options.command == 'h') {
            self.print(Usage.TEXT);
            return 0;
        }
        if (options.zoned && "IA".indexOf(options.command) >= 0) {
            throw ConntrackException.unsupported("-" + options.command + " with a zone");
        }
        if (!self.context().may(Capability.NET_ADMIN)) {
            switch (options.command) {
                case 'E' -> {
                    self.error("mnl_socket_bind: Operation not permitted");
                    throw ConntrackException.noSocket();
                }
                case 'F' -> self.error(ConntrackException.PREFIX + "connection tracking table has been emptied.");
                default -> {}
            }
            throw ConntrackException.failed("sorry, you must be root or get CAP_NET_ADMIN capability to do this");
        }
        self.sleep(LOADING);
        Conntrack table = self.network().conntrack();
        switch (options.command) {
            case 'L' -> list(self, table, options);
            case 'D' -> {
                return delete(self, table, options);
            }
            case 'F' -> {
                if (!options.table.equals("expect")) {
                    table.entries().forEach(entry -> table.delete(entry, self.name()));
                }
                self.error(ConntrackException.PREFIX + (options.table.equals("expect")
                        ? "expectation table has been emptied."
                        : "connection tracking table has been emptied."));
            }
            case 'C' -> self.println(Integer.toString(table.size()));
            case 'S' -> statistics(self, table.statistics());
            case 'U' -> {
                return update(self, table, options);
            }
            case 'I' -> create(self, table, options, "created");
            case 'A' -> create(self, table, options, "added");
            case 'G' -> get(self, table, options);
            case 'E' -> {
                if (options.outputs.contains("xml") || options.outputs.contains("save")) {
                    throw ConntrackException.unsupported("-E with this output");
                }
                ConntrackEvents.watch(self, table, options);
            }
            default -> throw ConntrackException.unsupported("-" + options.command);
        }
        return 0;
    }

    private static List<ConntrackEntry> chosen(Conntrack table, ConntrackOptions options) {
        return table.entries().stream().filter(options.filter::accepts).toList();
    }

    private static void list(EmulatedProcess self, Conntrack table, ConntrackOptions options) {
        boolean expectations = options.table.equals("expect");
        List<ConntrackEntry> shown = options.table.equals("conntrack") ? chosen(table, options) : List.of();
        print(self, options, shown, shown.size() + (expectations ? " expectations" : " flow entries") + " have been shown.");
        if (options.zeroes) {
            shown.stream().map(ConntrackEntry::traffic).filter(Objects::nonNull).forEach(ConntrackEntry.Traffic::clear);
        }
    }

    private static int delete(EmulatedProcess self, Conntrack table, ConntrackOptions options) {
        List<ConntrackEntry> doomed = chosen(table, options);
        print(self, options, doomed, doomed.size() + " flow entries have been deleted.");
        doomed.forEach(entry -> table.delete(entry, self.name()));
        return doomed.isEmpty() ? 1 : 0;
    }

    private static int update(EmulatedProcess self, Conntrack table, ConntrackOptions options) throws ConntrackException {
        List<ConntrackEntry> changed = chosen(table, options);
        for (ConntrackEntry entry : changed) {
            if (options.hasMark) {
                entry.mark = entry.mark & ~options.markMask ^ options.mark;
            }
            table.update(entry, options.timeout, options.assured, options.seenReply, options.state);
        }
        print(self, options, changed, changed.size() + " flow entries have been updated.");
        return changed.isEmpty() ? 1 : 0;
    }

    private static void create(EmulatedProcess self, Conntrack table, ConntrackOptions options, String done) throws ConntrackException {
        Tuple original = options.tuple.original(options.protocol);
        Tuple inverse = original.inverted();
        if (inverse == null) {
            throw ConntrackException.failed("Invalid argument");
        }
        try {
            ConntrackEntry entry = table.create(original, options.tuple.reply(inverse), self.name());
            entry.mark = options.mark;
            table.update(entry, options.timeout, options.assured, options.seenReply, options.state);
        } catch (KernelException e) {
            throw ConntrackException.failed(e.errno() == Errno.EEXIST ? "Such conntrack exists, try -U to update" : e.errno().message());
        }
        self.error(ConntrackException.PREFIX + "1 flow entries have been " + done + ".");
    }

    private static void get(EmulatedProcess self, Conntrack table, ConntrackOptions options) throws ConntrackException {
        List<ConntrackEntry> found = chosen(table, options);
        if (found.isEmpty()) {
            throw ConntrackException.failed("such conntrack doesn't exist");
        }
        print(self, options, found.subList(0, 1), "1 flow entries have been shown.");
    }

    /** The entries and then the count; but what standard output holds back comes after what standard error says. */
    private static void print(EmulatedProcess self, ConntrackOptions options, List<ConntrackEntry> entries, String count) {
        if (options.outputs.contains("xml")) {
            self.print(EntryXml.document(entries, self.now()));
            self.error(ConntrackException.PREFIX + count);
            return;
        }
        var text = new EntryText(options.outputs.contains("extended"), options.outputs.contains("id"), options.outputs.contains("save"));
        var lines = new StringBuilder();
        entries.forEach(entry -> lines.append(text.listed(entry, self.now())).append('\n'));
        int written = self.descriptor(1).isTerminal() ? lines.length() : lines.length() / STDIO_BUFFER * STDIO_BUFFER;
        self.print(lines.substring(0, written));
        self.error(ConntrackException.PREFIX + count);
        self.print(lines.substring(written));
    }

    private static void statistics(EmulatedProcess self, ConntrackStatistics numbers) {
        // the packet path is the first processor's; the other one has counted nothing
        self.println("cpu=0   \tfound=0 invalid=" + numbers.invalid() + " insert=0 insert_failed=" + numbers.insertFailed() + " drop="
                + numbers.dropped() + " early_drop=" + numbers.earlyDropped() + " error=0 search_restart=0 clash_resolve="
                + numbers.clashResolved() + " chaintoolong=0 ");
        self.println("cpu=1   \tfound=0 invalid=0 insert=0 insert_failed=0 drop=0 early_drop=0 error=0 search_restart=0 clash_resolve=0 "
                + "chaintoolong=0 ");
    }
}
