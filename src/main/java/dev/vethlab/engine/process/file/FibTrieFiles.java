package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.route.FibTrie;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** {@code /proc/net/fib_trie} and {@code fib_triestat}: the routing tables as the kernel keeps them. */
final class FibTrieFiles {
    private static final int LEAF_SIZE = 48;
    private static final int NODE_SIZE = 40;
    private static final int ALIAS_SIZE = 56;
    private static final int POINTER_SIZE = 8;
    /** Tables are found by the lower octet of their numbers. */
    private static final int BUCKETS = 256;

    private FibTrieFiles() {}

    static void addTo(Map<String, Node> files, NetworkNamespace network) {
        files.put("fib_trie", SpecialFile.generated(reader -> tries(network)));
        files.put("fib_triestat", SpecialFile.generated(reader -> statistics(network)));
    }

    /** As long as there never were rules of one's own, the tables {@code local} and {@code main} are one ({@code fib_unmerge}). */
    private static void eachTable(NetworkNamespace network, BiConsumer<String, FibTrie> consumer) {
        boolean merged = !network.routing().policy().isCustom();
        List<RoutingTable> tables = new ArrayList<>(network.routing().tables());
        tables.removeIf(table -> table.routes().isEmpty() && table.id() != RoutingTable.MAIN && table.id() != RoutingTable.LOCAL);
        tables.sort(Comparator.comparingInt(table -> table.id() % BUCKETS));
        for (RoutingTable table : tables) {
            List<Route> routes = new ArrayList<>(table.routes());
            if (merged && table.id() == RoutingTable.MAIN) {
                routes.addAll(network.routing().table(RoutingTable.LOCAL).routes());
            } else if (merged && table.id() == RoutingTable.LOCAL) {
                routes.addAll(network.routing().table(RoutingTable.MAIN).routes());
            }
            String title = switch (table.id()) {
                case RoutingTable.LOCAL -> "Local";
                case RoutingTable.MAIN -> "Main";
                default -> "Id " + table.id();
            };
            consumer.accept(title, FibTrie.of(routes));
        }
    }

    private static String tries(NetworkNamespace network) {
        var text = new StringBuilder();
        eachTable(network, (title, trie) -> {
            if (trie.root() != null) {
                text.append(title).append(":\n");
                print(text, trie.root(), 0);
            }
        });
        return text.toString();
    }

    /** {@code fib_trie_seq_show}. */
    private static void print(StringBuilder text, FibTrie.@Nullable Node node, int depth) {
        switch (node) {
            case null -> {}
            case FibTrie.Inner inner -> {
                text.append("   ".repeat(depth)).append("  +-- ").append(Ipv4.text(inner.key())).append('/').append(inner.prefixLength())
                        .append(' ').append(inner.bits()).append(' ').append(inner.full()).append(' ').append(inner.empty()).append('\n');
                for (int i = 0; i < inner.places(); i++) {
                    print(text, inner.child(i), depth + 1);
                }
            }
            case FibTrie.Leaf leaf -> {
                text.append("   ".repeat(depth)).append("  |-- ").append(Ipv4.text(leaf.key())).append('\n');
                for (Route route : leaf.routes()) {
                    text.append("   ".repeat(depth + 1)).append("  /").append(route.prefixLength()).append(' ')
                            .append(route.scope() == Scope.GLOBAL ? "universe" : route.scope().text()).append(' ')
                            .append(route.type().text().toUpperCase(Locale.ROOT));
                    if (route.tos() != 0) {
                        text.append(" tos=").append(route.tos());
                    }
                    text.append('\n');
                }
            }
        }
    }

    private static String statistics(NetworkNamespace network) {
        var text = new StringBuilder("Basic info: size of leaf: " + LEAF_SIZE + " bytes, size of tnode: " + NODE_SIZE + " bytes.\n");
        eachTable(network, (title, trie) -> {
            var counted = new Statistics();
            counted.add(trie.root(), 0);
            text.append(title).append(":\n").append(counted.text());
        });
        return text.toString();
    }

    /** {@code struct trie_stat}. */
    private static final class Statistics {
        private int totalDepth;
        private int maxDepth;
        private int nodes;
        private int leaves;
        private int prefixes;
        private int empty;
        private final int[] sizes = new int[33];

        private void add(FibTrie.@Nullable Node node, int depth) {
            switch (node) {
                case null -> {}
                case FibTrie.Inner inner -> {
                    nodes++;
                    sizes[inner.bits()]++;
                    empty += inner.empty();
                    for (int i = 0; i < inner.places(); i++) {
                        add(inner.child(i), depth + 1);
                    }
                }
                case FibTrie.Leaf leaf -> {
                    leaves++;
                    prefixes += leaf.routes().size();
                    totalDepth += depth;
                    maxDepth = Math.max(maxDepth, depth);
                }
            }
        }

        private String text() {
            int average = leaves == 0 ? 0 : totalDepth * 100 / leaves;
            var text = new StringBuilder();
            text.append(String.format("\tAver depth:     %d.%02d\n\tMax depth:      %d\n\tLeaves:         %d\n\tPrefixes:       %d\n",
                    average / 100, average % 100, maxDepth, leaves, prefixes));
            text.append("\tInternal nodes: ").append(nodes).append("\n\t");
            int pointers = 0;
            for (int bits = 1; bits < sizes.length; bits++) {
                if (sizes[bits] != 0) {
                    text.append("  ").append(bits).append(": ").append(sizes[bits]);
                    pointers += sizes[bits] << bits;
                }
            }
            int octets = LEAF_SIZE * leaves + ALIAS_SIZE * prefixes + NODE_SIZE * nodes + POINTER_SIZE * pointers;
            text.append(String.format("\n\tPointers: %d\nNull ptrs: %d\nTotal size: %d  kB\n", pointers, empty, (octets + 1023) / 1024));
            return text.toString();
        }
    }
}
