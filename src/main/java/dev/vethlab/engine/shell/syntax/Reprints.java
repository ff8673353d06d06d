package dev.vethlab.engine.shell.syntax;

import java.util.ArrayList;
import java.util.List;

/** Where a text is printed otherwise than it was typed: commands in words are printed anew, {@code $'…'} as what it means. */
final class Reprints {
    private record Reprint(int start, int end, String text) {}

    private final List<Reprint> all = new ArrayList<>();

    /** What stands from {@code start} to {@code end} is printed as {@code text}; that takes the place of what stood within. */
    void add(int start, int end, String text) {
        while (!all.isEmpty() && all.getLast().start >= start) {
            all.removeLast();
        }
        all.add(new Reprint(start, end, text));
    }

    String in(String source, int start, int end) {
        var text = new StringBuilder();
        int from = start;
        for (int i = firstFrom(start); i < all.size() && all.get(i).end <= end; i++) {
            text.append(source, from, all.get(i).start).append(all.get(i).text);
            from = all.get(i).end;
        }
        return text.append(source, from, Math.max(from, Math.min(end, source.length()))).toString();
    }

    private int firstFrom(int start) {
        int i = all.size();
        while (i > 0 && all.get(i - 1).start >= start) {
            i--;
        }
        return i;
    }
}
