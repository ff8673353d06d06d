package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.kernel.netfilter.Chain;
import dev.vethlab.engine.kernel.netfilter.RuleSpec;
import java.util.List;
import java.util.function.IntFunction;

/** {@code iptables -L}: chains as tables. */
final class ListPrinter {
    private final CommandLine line;
    private final RuleLine rules;
    private final StringBuilder out = new StringBuilder();

    ListPrinter(CommandLine line, IntFunction<String> names) {
        this.line = line;
        this.rules = new RuleLine(true, line.numeric(), line.verbose() > 0, names);
    }

    String text() {
        return out.toString();
    }

    /** A rule as it was when the listing was asked for: names are looked up while it is printed, which may send packets. */
    private record Counted(RuleSpec spec, long packets, long bytes) {
        static List<Counted> of(Chain chain) {
            return chain.rules().stream().map(rule -> new Counted(rule.spec(), rule.packets(), rule.bytes())).toList();
        }
    }

    /** One rule's line alone; nothing if there is none of this number. */
    void rule(Chain chain, int number) {
        if (number <= chain.rules().size()) {
            rule(Counted.of(chain).get(number - 1), number);
        }
    }

    void chains(List<Chain> chains) {
        List<String> headers = chains.stream().map(this::header).toList();
        List<List<Counted>> rules = chains.stream().map(Counted::of).toList();
        for (int i = 0; i < chains.size(); i++) {
            out.append(i > 0 ? "\n" : "").append(headers.get(i));
            for (int number = 1; number <= rules.get(i).size(); number++) {
                rule(rules.get(i).get(number - 1), number);
            }
        }
    }

    private String header(Chain chain) {
        var out = new StringBuilder("Chain ").append(chain.name());
        if (chain.isBase()) {
            out.append(" (policy ").append(chain.policy());
            if (line.verbose() > 0) {
                out.append(' ').append(amount(chain.packets(), 0)).append(" packets, ").append(amount(chain.bytes(), 0)).append(" bytes");
            }
            out.append(")\n");
        } else {
            out.append(" (").append(chain.references()).append(" references)\n");
        }
        if (line.lineNumbers()) {
            out.append("num  ");
        }
        if (line.verbose() > 0) {
            out.append(line.exact() ? "    pkts      bytes " : " pkts bytes ");
        }
        out.append("target     prot opt");
        if (line.verbose() > 0) {
            out.append(" in     out    ");
        }
        return out.append(" source               destination         \n").toString();
    }

    private void rule(Counted rule, int number) {
        if (line.lineNumbers()) {
            out.append(number).append(" ".repeat(Math.max(0, 4 - Integer.toString(number).length()))).append(' ');
        }
        if (line.verbose() > 0) {
            int width = line.exact() ? 8 : 5;
            out.append(amount(rule.packets(), width)).append(' ').append(amount(rule.bytes(), width)).append(' ');
        }
        out.append(rules.text(rule.spec())).append('\n');
    }

    /** {@code xtables_print_num}: from 100000 on in thousands, unless exact. */
    private String amount(long value, int width) {
        String text = Long.toString(value);
        if (!line.exact() && value > 99_999) {
            long rounded = value;
            int unit = -1;
            do {
                rounded = (rounded + 500) / 1000;
                unit++;
            } while (rounded > 9999 && unit < 3);
            text = rounded + String.valueOf("KMGT".charAt(unit));
        }
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
