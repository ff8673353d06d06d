package dev.vethlab.engine.command.net.ss;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns of {@code ss}: as wide as their contents, or with a known screen width spread over it, in several lines if they do not fit
 * ({@code render} in {@code misc/ss.c} of iproute2).
 */
final class SsTable {
    private static final int PROCESS = 8;
    private static final int COUNT = 10;

    private static final class Column {
        final String header;
        final String delimiter;
        final boolean right;
        boolean hidden;
        int longest;
        int width;

        Column(String header, String delimiter, boolean right) {
            this.header = header;
            this.delimiter = delimiter;
            this.right = right;
        }
    }

    private final List<Column> columns = List.of(
            new Column("Netid", "", false),
            new Column("State", " ", false),
            new Column("Recv-Q", " ", false),
            new Column("Send-Q", " ", false),
            new Column("Local Address:", " ", true),
            new Column("Port", "", false),
            new Column("Peer Address:", " ", true),
            new Column("Port", "", false),
            new Column("Process", "", false),
            new Column("", "", false));
    private final List<List<String>> lines = new ArrayList<>();

    /** Leaves columns out. */
    void hide(boolean table, boolean state, boolean queues, boolean process) {
        columns.get(0).hidden = table;
        columns.get(1).hidden = state;
        columns.get(2).hidden = queues;
        columns.get(3).hidden = queues;
        columns.get(PROCESS).hidden = process;
    }

    /** The header takes its room in the columns even where it is not {@code shown}. */
    void addHeader(boolean shown) {
        List<String> headers = columns.stream().map(c -> c.header).toList();
        makeRoom(headers);
        if (shown) {
            lines.add(headers);
        }
    }

    /** A line of ten cells, from table to what {@code -e} and {@code -o} say. */
    void add(List<String> cells) {
        makeRoom(cells);
        lines.add(cells);
    }

    private void makeRoom(List<String> cells) {
        for (int i = 0; i < COUNT; i++) {
            Column column = columns.get(i);
            if (!column.hidden) {
                column.longest = Math.max(column.longest, cells.get(i).length());
            }
        }
    }

    /** The text for a screen of this width; 0 if there is none. */
    String text(int screenWidth) {
        measure(screenWidth);
        int lastVisible = PROCESS;
        while (columns.get(lastVisible).hidden) {
            lastVisible--;
        }
        var text = new StringBuilder();
        for (List<String> cells : lines) {
            boolean started = false;
            for (int i = 0; i < COUNT; i++) {
                Column column = columns.get(i);
                if (column.hidden) {
                    continue;
                }
                String cell = cells.get(i);
                int used = cell.length();
                if (started) {
                    text.append(column.delimiter);
                    used += column.delimiter.length();
                }
                started = true;
                String space = " ".repeat(Math.max(0, column.width - used));
                boolean padded = screenWidth > 0 || i != lastVisible;
                text.append(column.right ? space : "").append(cell).append(column.right || !padded ? "" : space);
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** Widths by content; then what is left of each screen line is spread over the columns in it, the last ones first. */
    private void measure(int screenWidth) {
        // the very last field is never flushed, so that its length does not count (field_flush)
        columns.getLast().longest = lines.stream()
                .limit(Math.max(0, lines.size() - 1))
                .mapToInt(cells -> cells.getLast().length())
                .max()
                .orElse(0);
        boolean first = true;
        for (Column column : columns) {
            column.width = first || column.longest == 0 ? column.longest : column.longest + column.delimiter.length();
            column.width = screenWidth > 0 ? Math.min(column.width, screenWidth) : column.width;
            first &= column.width == 0;
        }
        if (screenWidth == 0) {
            return;
        }
        List<Column> shown = columns.stream().filter(c -> c.width > 0).toList();
        int from = 0;
        while (from < shown.size()) {
            int to = from;
            int length = 0;
            while (to < shown.size() && length + shown.get(to).width <= screenWidth) {
                length += shown.get(to++).width;
            }
            int space = screenWidth - length;
            for (int i = to - 1; i >= from && space > 0; i--) {
                // each gets its share; what does not divide goes one by one to the last ones
                int share = (space + i - from) / (i - from + 1);
                shown.get(i).width += share;
                space -= share;
            }
            from = to;
        }
    }
}
