package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.command.iptables.extension.IptablesException;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.netfilter.Chain;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.Rule;
import dev.vethlab.engine.kernel.netfilter.RuleSpec;
import dev.vethlab.engine.kernel.netfilter.Table;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.netfilter.Verdict;
import dev.vethlab.engine.kernel.netfilter.target.JumpTarget;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Carries a command out on the kernel's tables, with the errors of {@code iptables-nft} ({@code iptables/nft.c}). */
final class TableCommands {
    private static final String NO_CHAIN = "No chain/target/match by that name.";
    private static final String NO_RULE = "Bad rule (does a matching rule exist in that chain?).";

    private final NetworkNamespace namespace;
    private final Consumer<String> output;
    private final IntFunction<String> names;

    TableCommands(NetworkNamespace namespace, Consumer<String> output, IntFunction<String> names) {
        this.namespace = namespace;
        this.output = output;
        this.names = names;
    }

    static TableName tableName(String text) throws IptablesException {
        TableName name = TableName.named(text);
        if (name == null) {
            throw IptablesException.version("table '" + text + "' does not exist");
        }
        return name;
    }

    void run(CommandLine line) throws IptablesException {
        Table table = namespace.netfilter().table(tableName(line.table()));
        for (RuleSpec rule : line.rules()) {
            if (rule.target() instanceof JumpTarget jump && table.chain(jump.chain()) == null && table.hookOf(jump.chain()) == null) {
                throw IptablesException.parameter("Chain '" + jump.chain() + "' does not exist");
            }
        }
        String chain = Objects.requireNonNullElse(line.chain(), "");
        switch (line.command()) {
            case APPEND, INSERT, REPLACE -> add(table, chain, line);
            case DELETE -> delete(table, chain, line);
            case CHECK -> check(table, chain, line);
            case LIST -> list(table, line);
            case LIST_RULES -> listRules(table, line);
            case FLUSH -> flush(table, line.chain());
            case ZERO -> zero(table, line);
            case NEW_CHAIN -> create(table, chain);
            case DELETE_CHAIN -> deleteChain(table, line.chain());
            case RENAME_CHAIN -> rename(table, chain, line.argument());
            case SET_POLICY -> setPolicy(table, chain, line);
        }
    }

    // ---- rules ----

    private void add(Table table, String chain, CommandLine line) throws IptablesException {
        boolean appends = line.command() == CommandLine.Command.APPEND;
        if (table.chain(chain) == null && (table.hookOf(chain) == null || line.command() == CommandLine.Command.REPLACE)) {
            throw IptablesException.other(NO_CHAIN);
        }
        int number = line.number();
        for (RuleSpec rule : line.rules()) {
            say(line, rule);
            try {
                switch (line.command()) {
                    case APPEND -> table.append(chain, rule, line.packets(), line.bytes());
                    case INSERT -> table.insert(chain, number++, rule, line.packets(), line.bytes());
                    default -> table.replace(chain, number, rule, line.packets(), line.bytes());
                }
            } catch (KernelException e) {
                switch (e.errno()) {
                    case ERANGE -> throw IptablesException.other(
                            line.command() == CommandLine.Command.INSERT ? "Index of insertion too big." : "Index of replacement too big.");
                    default -> throw IptablesException.resource(" RULE_" + (appends ? "APPEND" : line.command().name()) + " failed ("
                            + e.errno().message() + "): rule in chain " + chain);
                }
            }
        }
    }

    private void delete(Table table, String chain, CommandLine line) throws IptablesException {
        if (line.number() > 0) {
            try {
                table.delete(chain, line.number());
            } catch (KernelException e) {
                throw IptablesException.other(table.chain(chain) == null ? NO_CHAIN : "Index of deletion too big.");
            }
            return;
        }
        for (RuleSpec rule : line.rules()) {
            say(line, rule);
            if (!table.delete(chain, rule)) {
                throw IptablesException.other(NO_RULE);
            }
        }
    }

    private void check(Table table, String chain, CommandLine line) throws IptablesException {
        for (RuleSpec rule : line.rules()) {
            say(line, rule);
            if (!table.exists(chain, rule)) {
                throw IptablesException.other(NO_RULE);
            }
        }
    }

    /** {@code -v}: what is done. */
    private void say(CommandLine line, RuleSpec rule) {
        if (line.verbose() > 0) {
            output.accept(new RuleLine(false, true, true, names).text(rule) + "\n");
        }
    }

    // ---- chains ----

    private static void create(Table table, String chain) throws IptablesException {
        try {
            table.createChain(chain);
        } catch (KernelException e) {
            throw switch (e.errno()) {
                case EEXIST -> IptablesException.other("Chain already exists.");
                default -> IptablesException.resource(" CHAIN_ADD failed (" + e.errno().message() + "): chain " + chain);
            };
        }
    }

    private static void rename(Table table, String from, String to) throws IptablesException {
        if (table.hookOf(from) != null) {
            throw IptablesException.unsupported("iptables: renaming a built-in chain is not emulated");
        }
        try {
            table.renameChain(from, to);
        } catch (KernelException e) {
            throw switch (e.errno()) {
                case EEXIST -> IptablesException.other("File exists.");
                default -> IptablesException.other(NO_CHAIN);
            };
        }
    }

    private static void setPolicy(Table table, String chain, CommandLine line) throws IptablesException {
        Hook hook = table.hookOf(chain);
        if (hook == null) {
            throw IptablesException.other("Bad built-in chain name.");
        }
        Verdict policy = switch (line.argument()) {
            case "ACCEPT" -> Verdict.ACCEPT;
            case "DROP" -> Verdict.DROP;
            default -> throw IptablesException.other("Bad policy name. Run `dmesg' for more information.");
        };
        try {
            table.setPolicy(hook, policy);
            if (line.hasCounters()) {
                table.setCounters(hook, line.packets(), line.bytes());
            }
        } catch (KernelException e) {
            throw IptablesException.resource(" CHAIN_UPDATE failed (" + e.errno().message() + "): chain " + chain);
        }
    }

    private void deleteChain(Table table, @Nullable String chain) throws IptablesException {
        if (chain != null) {
            if (table.chain(chain) == null) {
                throw IptablesException.other(NO_CHAIN);
            }
            deleteNow(table, chain);
            return;
        }
        List<Chain> all = table.chains();
        Chain busy = null;
        for (Chain each : all) {
            if (!each.isBase() && (!each.rules().isEmpty() || each.references() > 0)) {
                busy = each;
            }
        }
        if (busy != null) {
            throw busy(busy.name(), Errno.EBUSY);
        }
        for (Chain each : all) {
            if (!each.isBase() || (each.rules().isEmpty() && each.policy() == Verdict.ACCEPT)) {
                deleteNow(table, each.name());
            }
        }
    }

    private static void deleteNow(Table table, String chain) throws IptablesException {
        try {
            table.deleteChain(chain);
        } catch (KernelException e) {
            throw busy(chain, e.errno());
        }
    }

    private static IptablesException busy(String chain, Errno errno) {
        return IptablesException.resource(" CHAIN_DEL failed (" + errno.message() + "): chain " + chain);
    }

    private static void flush(Table table, @Nullable String chain) throws IptablesException {
        try {
            if (chain != null) {
                if (table.chain(chain) == null && table.hookOf(chain) != null) {
                    return;
                }
                table.flush(chain);
                return;
            }
            for (Chain each : table.chains()) {
                table.flush(each.name());
            }
        } catch (KernelException e) {
            throw IptablesException.other(NO_CHAIN);
        }
    }

    private void zero(Table table, CommandLine line) throws IptablesException {
        for (Chain chain : selected(table, line.chain())) {
            if (line.number() > 0) {
                if (line.number() > chain.rules().size()) {
                    throw IptablesException.other(NO_RULE);
                }
                chain.rules().get(line.number() - 1).zero();
            } else {
                chain.zero();
            }
        }
    }

    private static List<Chain> selected(Table table, @Nullable String chain) throws IptablesException {
        if (chain == null) {
            return table.listed();
        }
        for (Chain candidate : table.listed()) {
            if (candidate.name().equals(chain)) {
                return List.of(candidate);
            }
        }
        throw IptablesException.other(NO_CHAIN);
    }

    // ---- listings ----

    private void list(Table table, CommandLine line) throws IptablesException {
        List<Chain> chains = selected(table, line.chain());
        var printer = new ListPrinter(line, names);
        if (line.number() > 0) {
            printer.rule(chains.getFirst(), line.number());
        } else {
            printer.chains(chains);
        }
        output.accept(printer.text());
        if (line.zero()) {
            zero(table, line);
        }
    }

    private void listRules(Table table, CommandLine line) throws IptablesException {
        List<Chain> chains = selected(table, line.chain());
        boolean counters = line.verbose() > 0;
        var out = new StringBuilder();
        if (line.number() > 0) {
            List<Rule> rules = chains.getFirst().rules();
            if (line.number() <= rules.size()) {
                out.append(SavePrinter.rule(chains.getFirst(), rules.get(line.number() - 1), counters));
            }
        } else {
            chains.forEach(chain -> out.append(SavePrinter.chain(chain, counters)));
            chains.forEach(chain -> chain.rules().forEach(rule -> out.append(SavePrinter.rule(chain, rule, counters))));
        }
        output.accept(out.toString());
        if (line.zero()) {
            zero(table, line);
        }
    }
}
