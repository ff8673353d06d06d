package dev.vethlab.engine.shell.expand;

import java.util.Arrays;

/**
 * How much of a text a pattern matches from one end. All ways of matching go through the text at the same time, each a place in the
 * pattern, so that it takes O(n·m) steps; several searches, as a replacement needs, share one bound.
 */
final class GlobSearch {
    private final String pattern;
    private final boolean forwards;
    /** Where the elements begin in the pattern, the first to be matched first. */
    private final int[] elements;

    private final int[] seen;
    private int round;
    private int[] places;
    private int[] next;
    private int count;
    private long steps;

    /** @param forwards from the beginning of texts; otherwise from their ends */
    GlobSearch(String pattern, boolean forwards) {
        this.pattern = pattern;
        this.forwards = forwards;
        int[] starts = new int[pattern.length()];
        int size = 0;
        for (int at = 0; at < pattern.length(); at = Glob.elementEnd(pattern, at)) {
            starts[size++] = at;
        }
        elements = new int[size];
        for (int i = 0; i < size; i++) {
            elements[i] = starts[forwards ? i : size - 1 - i];
        }
        seen = new int[size + 1];
        places = new int[size + 1];
        next = new int[size + 1];
    }

    /** Whether it begins with a star: what does not match from here matches from no later place either. */
    boolean beginsWithStar() {
        return elements.length > 0 && isStar(0);
    }

    /**
     * The length of the shortest or longest part that matches at that end of a text between two places; -1 if none does.
     *
     * @throws ExpansionError if that takes too many steps
     */
    int extent(String text, int from, int to, boolean longest) {
        int found = -1;
        count = 0;
        round = newRound();
        add(0);
        for (int length = 0;; length++) {
            if (seen[elements.length] == round) {
                found = length;
                if (!longest) {
                    return found;
                }
            }
            if (from + length == to || count == 0) {
                return found;
            }
            advance(text.charAt(forwards ? from + length : to - 1 - length));
        }
    }

    private void advance(char c) {
        int[] before = places;
        int size = count;
        places = next;
        next = before;
        count = 0;
        round = newRound();
        steps += size + 1;
        if (steps > Glob.MAX_STEPS) {
            throw new ExpansionError("vethlab: the pattern takes too many steps");
        }
        for (int i = 0; i < size; i++) {
            int place = before[i];
            if (place == elements.length) {
                continue;
            }
            if (isStar(place)) {
                add(place);
            } else if (Glob.one(pattern, elements[place], c) >= 0) {
                add(place + 1);
            }
        }
    }

    private int newRound() {
        if (round == Integer.MAX_VALUE) {
            Arrays.fill(seen, 0);
            return 1;
        }
        return round + 1;
    }

    /** A way has come to a place in the pattern, and with it past all stars there. */
    private void add(int place) {
        int at = place;
        while (seen[at] != round) {
            seen[at] = round;
            places[count++] = at;
            if (at == elements.length || !isStar(at)) {
                return;
            }
            at++;
        }
    }

    private boolean isStar(int element) {
        return pattern.charAt(elements[element]) == '*';
    }
}
