package dev.vethlab.web.inspect;

import java.util.List;

/**
 * What the inspector shows of one thing. All is text; whoever renders it escapes it. Empty strings and lists are left out.
 *
 * @param kind what it is: "Bridge in host"
 * @param about one sentence for those who see such a thing the first time
 * @param terminal the node on which a terminal can be opened
 * @param capture what asks {@code capture.pcapng} for this thing's packets
 */
record Inspection(
        String kind,
        String title,
        String about,
        List<Fact> facts,
        List<Table> tables,
        List<RuleTable> rules,
        List<Connections> connections,
        List<Look> looks,
        String terminal,
        String capture) {

    /**
     * A property.
     *
     * @param node of the drawing, to which the value leads
     */
    record Fact(String name, String value, String node) {
        static Fact of(String name, String value) {
            return new Fact(name, value, "");
        }
    }

    /**
     * A table of the kernel's.
     *
     * @param empty what is said instead when it has no rows
     * @param folded whether it begins closed
     */
    record Table(String title, List<String> columns, List<List<Fact>> rows, String empty, boolean folded) {}

    /** The chains of an iptables table. */
    record RuleTable(String name, List<RuleChain> chains) {
        public int size() {
            return chains.stream().mapToInt(chain -> chain.rules().size()).sum();
        }
    }

    /**
     * A chain.
     *
     * @param policy empty for a user's chain
     * @param packets that the policy decided
     */
    record RuleChain(String name, String policy, long packets, long bytes, int references, List<CountedRule> rules) {}

    /**
     * A rule with its counters.
     *
     * @param text without {@code -A CHAIN}
     * @param chain where it leads, if its target is a chain; else empty
     */
    record CountedRule(int number, String text, String chain, long packets, long bytes) {
        /** An option stays whole when the line is broken. */
        public List<String> words() {
            return List.of(text.split(" "));
        }
    }

    /** The connections that a namespace tracks. */
    record Connections(List<Connection> entries) {}

    /**
     * A tracked connection.
     *
     * @param original the tuple of its first packet
     * @param reply the tuple that an answer will have
     * @param translated {@code DNAT}, {@code SNAT}, both or neither
     */
    record Connection(
            String protocol, String state, long secondsLeft, String flags, String original, String reply, List<String> translated) {}

    /** A command that says more. */
    record Look(String node, String command) {}

    static Inspection of(String kind, String title, String about) {
        return new Inspection(kind, title, about, List.of(), List.of(), List.of(), List.of(), List.of(), "", "");
    }

    Inspection with(List<Fact> facts, List<Table> tables, List<Look> looks) {
        return new Inspection(kind, title, about, facts, tables, rules, connections, looks, terminal, capture);
    }

    Inspection with(List<RuleTable> rules, List<Connections> connections) {
        return new Inspection(kind, title, about, facts, tables, rules, connections, looks, terminal, capture);
    }

    Inspection at(String terminal, String capture) {
        return new Inspection(kind, title, about, facts, tables, rules, connections, looks, terminal, capture);
    }
}
