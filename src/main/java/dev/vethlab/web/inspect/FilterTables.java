package dev.vethlab.web.inspect;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.netfilter.Chain;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.Rule;
import dev.vethlab.engine.kernel.netfilter.Table;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.netfilter.target.JumpTarget;
import dev.vethlab.web.inspect.Inspection.CountedRule;
import dev.vethlab.web.inspect.Inspection.RuleChain;
import dev.vethlab.web.inspect.Inspection.RuleTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of one network namespace with their counters. */
final class FilterTables {
    private FilterTables() {}

    /** Every table that is used, with all its chains. */
    static List<RuleTable> all(NetworkNamespace namespace) {
        List<RuleTable> tables = new ArrayList<>();
        for (TableName name : TableName.values()) {
            Table table = namespace.netfilter().existing(name);
            if (table != null && table.isUsed()) {
                tables.add(new RuleTable(name.text(), table.chains().stream().map(FilterTables::chain).toList()));
            }
        }
        return tables;
    }

    /** What a packet can meet at one hook: in the order in which tables are asked, the base chain and all it may jump to. */
    static List<RuleTable> at(NetworkNamespace namespace, Hook hook) {
        List<RuleTable> tables = new ArrayList<>();
        for (TableName name : TableName.values()) {
            Table table = namespace.netfilter().existing(name);
            Chain base = table == null ? null : table.base(hook);
            if (table != null && base != null) {
                Set<Chain> reached = new LinkedHashSet<>();
                reach(table, base, reached);
                tables.add(new RuleTable(name.text(), reached.stream().map(FilterTables::chain).toList()));
            }
        }
        return tables;
    }

    private static void reach(Table table, @Nullable Chain chain, Set<Chain> reached) {
        if (chain != null && reached.add(chain)) {
            for (Rule rule : chain.rules()) {
                if (rule.spec().target() instanceof JumpTarget jump) {
                    reach(table, table.chain(jump.chain()), reached);
                }
            }
        }
    }

    private static RuleChain chain(Chain chain) {
        List<CountedRule> rules = new ArrayList<>();
        for (Rule rule : chain.rules()) {
            String leads = rule.spec().target() instanceof JumpTarget jump ? jump.chain() : "";
            rules.add(new CountedRule(rules.size() + 1, rule.spec().text().strip(), leads, rule.packets(), rule.bytes()));
        }
        return new RuleChain(chain.name(), chain.isBase() ? chain.policy().name() : "", chain.packets(), chain.bytes(),
                chain.references(), rules);
    }
}
