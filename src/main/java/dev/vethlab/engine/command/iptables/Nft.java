package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.kernel.netfilter.Chain;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.Netfilter;
import dev.vethlab.engine.kernel.netfilter.Rule;
import dev.vethlab.engine.kernel.netfilter.Table;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code nft} 1.1.7: lists the tables of {@code iptables}; it makes none of its own. */
final class Nft {
    private final EmulatedProcess self;
    private final Netfilter netfilter;

    private Nft(EmulatedProcess self) {
        this.self = self;
        this.netfilter = self.network().netfilter();
    }

    static int main(EmulatedProcess self) {
        List<String> words = List.of(String.join(" ", self.arguments().subList(1, self.arguments().size())).strip().split("\\s+"));
        if (words.getFirst().isEmpty()) {
            self.error("nft: no command specified");
            return 1;
        }
        if (List.of("-v", "--version").contains(words.getFirst())) {
            self.println("nftables v1.1.7 (Commodore Bullmoose #8)");
            return 0;
        }
        try {
            return new Nft(self).run(words);
        } catch (NftRule.Unknown e) {
            return Unsupported.answer(self, "nft: how it lists " + e.getMessage() + " is not emulated");
        }
    }

    private int run(List<String> words) {
        switch (String.join(" ", words)) {
            case "list ruleset", "list ruleset ip" -> tables().forEach(table -> print(table, null, true, true));
            case "list tables", "list tables ip" -> tables().forEach(table -> self.println("table ip " + table.name().text()));
            case "list chains", "list chains ip" -> tables().forEach(table -> print(table, null, false, false));
            case "flush ruleset", "flush ruleset ip" -> tables().forEach(Table::clear);
            default -> {
                return listOne(words);
            }
        }
        return 0;
    }

    /** {@code list table [ip] NAME}, {@code list chain [ip] TABLE NAME}. */
    private int listOne(List<String> words) {
        boolean chain = words.size() > 1 && words.get(1).equals("chain");
        boolean family = words.size() > 2 && words.get(2).equals("ip");
        int at = family ? 3 : 2;
        if (words.size() < 3 || !words.getFirst().equals("list") || !chain && !words.get(1).equals("table") || words.size() != at + (chain ? 2 : 1)) {
            return Unsupported.answer(self, "nft " + String.join(" ", words) + " is not emulated");
        }
        Table table = tables().stream().filter(each -> each.name().text().equals(words.get(at))).findFirst().orElse(null);
        if (table == null || chain && table.chain(words.get(at + 1)) == null) {
            return missing(words, table == null ? at : at + 1);
        }
        print(table, chain ? words.get(at + 1) : null, true, true);
        return 0;
    }

    private int missing(List<String> words, int at) {
        int column = String.join(" ", words.subList(0, at)).length() + 1;
        self.error("Error: No such file or directory\n" + String.join(" ", words) + "\n" + " ".repeat(column) + "^".repeat(words.get(at).length()));
        return 1;
    }

    /** The tables in use, in the order in which they came into it. */
    private List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        for (TableName name : TableName.values()) {
            Table table = netfilter.existing(name);
            if (table != null && table.isUsed()) {
                tables.add(table);
            }
        }
        tables.sort(Comparator.comparingLong(Table::handle));
        return tables;
    }

    private void print(Table table, @Nullable String only, boolean rules, boolean spaced) {
        var text = new StringBuilder("table ip " + table.name().text() + " {\n");
        List<Chain> chains = new ArrayList<>(table.chains());
        chains.removeIf(chain -> only != null && !chain.name().equals(only));
        chains.sort(Comparator.comparingLong(Chain::handle));
        for (Chain chain : chains) {
            text.append(spaced && chain != chains.getFirst() ? "\n" : "").append("\tchain ").append(chain.name()).append(" {\n");
            Hook hook = chain.hook();
            if (hook != null) {
                text.append("\t\t").append(place(table.name(), hook)).append("; policy ")
                        .append(chain.policy().name().toLowerCase(Locale.ROOT)).append(";\n");
            }
            for (Rule rule : rules ? chain.rules() : List.<Rule>of()) {
                text.append("\t\t").append(NftRule.text(rule)).append('\n');
            }
            text.append("\t}\n");
        }
        if (rules && chains.stream().flatMap(chain -> chain.rules().stream()).anyMatch(rule -> NftRule.isCompatible(rule.spec()))) {
            self.error("# Warning: table ip " + table.name().text() + " is managed by iptables-nft, do not touch!");
        }
        self.print(text.append("}\n").toString());
    }

    /** {@code type filter hook input priority filter}. */
    private static String place(TableName table, Hook hook) {
        boolean nat = table == TableName.NAT;
        boolean source = hook == Hook.POSTROUTING || hook == Hook.INPUT;
        String type = nat ? "nat" : table == TableName.MANGLE && hook == Hook.OUTPUT ? "route" : "filter";
        return "type " + type + " hook " + hook.name().toLowerCase(Locale.ROOT) + " priority "
                + (nat ? source ? "srcnat" : "dstnat" : table.text());
    }
}
