package dev.vethlab.engine.kernel.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A routing table as the kernel keeps it: a level-compressed trie ({@code net/ipv4/fib_trie.c}), whose nodes grow while they are well
 * filled and shrink while they are not. Lookups here do not need it; it is built for those who want to see it.
 */
public final class FibTrie {
    private static final int KEY_LENGTH = 32;
    /** So many percent of the places must be filled after a node was doubled; fewer than so many halve it. The root is kept larger. */
    private static final int INFLATE = 50;

    private static final int INFLATE_ROOT = 30;
    private static final int HALVE = 25;
    private static final int HALVE_ROOT = 15;
    private static final int MAX_WORK = 10;

    /** What hangs in the trie. */
    public sealed interface Node permits Leaf, Inner {
        int key();
    }

    /** All routes of one network address, the longest prefix first. */
    public record Leaf(int key, List<Route> routes) implements Node {}

    /** A node of two to the power of {@link #bits} places, by the bits of the key from {@link #position} up. */
    public static final class Inner implements Node {
        private final int key;
        private final int position;
        private final int bits;
        private final @Nullable Node[] children;
        private @Nullable Inner parent;

        private Inner(int key, int position, int bits) {
            int shift = position + bits;
            this.key = shift < KEY_LENGTH ? key >>> shift << shift : 0;
            this.position = position;
            this.bits = bits;
            this.children = new Node[1 << bits];
        }

        @Override
        public int key() {
            return key;
        }

        public int bits() {
            return bits;
        }

        /** How many bits of a key the nodes above have looked at. */
        public int prefixLength() {
            return KEY_LENGTH - position - bits;
        }

        /** Its places in their order; null where one is empty. */
        public @Nullable Node child(int place) {
            return children[place];
        }

        public int places() {
            return children.length;
        }

        public int empty() {
            int empty = 0;
            for (Node child : children) {
                empty += child == null ? 1 : 0;
            }
            return empty;
        }

        /** How many children are nodes that look at the very next bits ({@code tnode_full}). */
        public int full() {
            int full = 0;
            for (Node child : children) {
                full += isFull(child) ? 1 : 0;
            }
            return full;
        }

        private boolean isFull(@Nullable Node child) {
            return child instanceof Inner node && node.position + node.bits == position;
        }

        private int index(int key) {
            return (key ^ this.key) >>> position;
        }

        private void put(int place, @Nullable Node child) {
            children[place] = child;
            if (child instanceof Inner node) {
                node.parent = this;
            }
        }
    }

    private @Nullable Node root;

    private FibTrie() {}

    /** The trie of these routes. */
    public static FibTrie of(List<Route> routes) {
        var trie = new FibTrie();
        List<Route> ordered = new ArrayList<>(routes);
        ordered.sort(Comparator.<Route>comparingLong(route -> Integer.toUnsignedLong(route.network()))
                .thenComparing(Comparator.comparingInt(Route::prefixLength).reversed()));
        for (int i = 0; i < ordered.size();) {
            int network = ordered.get(i).network();
            int end = i;
            while (end < ordered.size() && ordered.get(end).network() == network) {
                end++;
            }
            trie.insert(new Leaf(network, List.copyOf(ordered.subList(i, end))));
            i = end;
        }
        return trie;
    }

    /** Null if there is no route. */
    public @Nullable Node root() {
        return root;
    }

    private void insert(Leaf leaf) {
        Inner above = null;
        Node found = root;
        while (found instanceof Inner node && Integer.compareUnsigned(node.index(leaf.key()), node.places()) < 0) {
            above = node;
            found = node.child(node.index(leaf.key()));
        }
        if (found != null) {
            Inner fork = new Inner(leaf.key(), 31 - Integer.numberOfLeadingZeros(leaf.key() ^ found.key()), 1);
            fork.put(fork.index(leaf.key()) ^ 1, found);
            put(above, leaf.key(), fork);
            above = fork;
        }
        put(above, leaf.key(), leaf);
        while (above != null) {
            above = resize(above);
        }
    }

    private void put(@Nullable Inner above, int key, @Nullable Node node) {
        if (above != null) {
            above.put(above.index(key), node);
            return;
        }
        root = node;
        if (node instanceof Inner inner) {
            inner.parent = null;
        }
    }

    /** @return the node above, where to go on */
    private @Nullable Inner resize(Inner node) {
        Inner above = node.parent;
        Inner now = node;
        int work = MAX_WORK;
        while (work > 0 && shouldInflate(now)) {
            now = inflate(now);
            work--;
        }
        if (work != MAX_WORK) {
            return above;
        }
        while (work > 0 && shouldHalve(now)) {
            now = halve(now);
            work--;
        }
        if (now.places() - now.empty() < 2) {
            Node only = null;
            for (int i = now.places() - 1; only == null && i >= 0; i--) {
                only = now.child(i);
            }
            put(above, now.key(), only);
        }
        return above;
    }

    private static boolean shouldInflate(Inner node) {
        int used = node.places() - node.empty() + node.full();
        return used > 1 && node.position > 0 && 50 * used >= node.places() * (node.parent == null ? INFLATE_ROOT : INFLATE);
    }

    private static boolean shouldHalve(Inner node) {
        int used = node.places() - node.empty();
        return used > 1 && node.bits > 1 && 100 * used < node.places() * (node.parent == null ? HALVE_ROOT : HALVE);
    }

    private Inner inflate(Inner old) {
        var doubled = new Inner(old.key(), old.position - 1, old.bits + 1);
        for (int i = old.places() - 1; i >= 0; i--) {
            Node child = old.child(i);
            if (child == null) {
                continue;
            }
            if (!(child instanceof Inner node) || !old.isFull(node)) {
                doubled.put(doubled.index(child.key()), child);
            } else if (node.bits == 1) {
                doubled.put(2 * i + 1, node.child(1));
                doubled.put(2 * i, node.child(0));
            } else {
                var upper = new Inner(node.key() | 1 << doubled.position, node.position, node.bits - 1);
                var lower = new Inner(node.key(), node.position, node.bits - 1);
                for (int half = node.places() / 2, j = 0; j < half; j++) {
                    upper.put(j, node.child(half + j));
                    lower.put(j, node.child(j));
                }
                doubled.put(2 * i + 1, upper);
                doubled.put(2 * i, lower);
            }
        }
        return replace(old, doubled);
    }

    private Inner halve(Inner old) {
        var halved = new Inner(old.key(), old.position + 1, old.bits - 1);
        for (int i = old.places() - 2; i >= 0; i -= 2) {
            Node lower = old.child(i);
            Node upper = old.child(i + 1);
            if (lower == null || upper == null) {
                halved.put(i / 2, lower == null ? upper : lower);
                continue;
            }
            var both = new Inner(lower.key(), old.position, 1);
            both.put(1, upper);
            both.put(0, lower);
            halved.put(i / 2, both);
        }
        return replace(old, halved);
    }

    /** Puts a node in another's place, and looks at the sizes of the full ones below it. */
    private Inner replace(Inner old, Inner by) {
        put(old.parent, by.key(), by);
        for (int i = by.places() - 1; i >= 0; i--) {
            if (by.child(i) instanceof Inner child && by.isFull(child)) {
                resize(child);
            }
        }
        return by;
    }
}
