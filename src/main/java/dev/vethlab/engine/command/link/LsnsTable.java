package dev.vethlab.engine.command.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows under headings, as libsmartcols prints them for {@code lsns}. */
final class LsnsTable {
    /** How a column is set: flush right, a number in JSON, and the least width where there are no headings. */
    private record Column(boolean right, boolean number, int least) {}

    private static final Map<String, Column> COLUMNS = new TreeMap<>();

    static {
        COLUMNS.put("NS", new Column(true, true, 10));
        COLUMNS.put("TYPE", new Column(false, false, 5));
        COLUMNS.put("PATH", new Column(false, false, 0));
        COLUMNS.put("NPROCS", new Column(true, true, 0));
        COLUMNS.put("PID", new Column(true, true, 5));
        COLUMNS.put("PPID", new Column(true, true, 5));
        COLUMNS.put("COMMAND", new Column(false, false, 0));
        COLUMNS.put("UID", new Column(true, true, 0));
        COLUMNS.put("USER", new Column(false, false, 0));
        COLUMNS.put("NETNSID", new Column(true, false, 0));
        COLUMNS.put("NSFS", new Column(false, false, 0));
    }

    private final List<String> names;
    private final List<List<@Nullable String>> rows = new ArrayList<>();

    LsnsTable(List<String> names) {
        this.names = names;
    }

    static boolean isColumn(String name) {
        return COLUMNS.containsKey(name);
    }

    void row(List<@Nullable String> cells) {
        rows.add(cells);
    }

    private static Column column(String name) {
        return java.util.Objects.requireNonNull(COLUMNS.get(name));
    }

    String text(boolean headings) {
        if (rows.isEmpty()) {
            return "";
        }
        int[] widths = new int[names.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = headings ? names.get(i).length() : column(names.get(i)).least;
            for (List<@Nullable String> row : rows) {
                widths[i] = Math.max(widths[i], text(row.get(i)).length());
            }
        }
        var out = new StringBuilder();
        if (headings) {
            line(out, names, widths);
        }
        rows.forEach(row -> line(out, row, widths));
        return out.toString();
    }

    private void line(StringBuilder out, List<? extends @Nullable String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String cell = text(cells.get(i));
            String blanks = " ".repeat(widths[i] - cell.length());
            boolean last = i == widths.length - 1;
            boolean right = column(names.get(i)).right;
            out.append(i > 0 ? " " : "").append(right ? blanks : "").append(cell).append(right || last ? "" : blanks);
        }
        out.append('\n');
    }

    /** Without alignment; blanks in a cell are written as {@code \x20}. */
    String raw(boolean headings) {
        var out = new StringBuilder(headings ? String.join(" ", names) + "\n" : "");
        for (List<@Nullable String> row : rows) {
            out.append(String.join(" ", row.stream().map(cell -> text(cell).replace(" ", "\\x20")).toList())).append('\n');
        }
        return out.toString();
    }

    String json(String title) {
        var out = new StringBuilder("{\n   \"" + title + "\": [\n      {");
        for (int r = 0; r < rows.size(); r++) {
            out.append(r > 0 ? "\n      },{" : "");
            for (int i = 0; i < names.size(); i++) {
                String cell = rows.get(r).get(i);
                boolean number = column(names.get(i)).number;
                out.append(i > 0 ? "," : "").append("\n         \"").append(names.get(i).toLowerCase(Locale.ROOT)).append("\": ")
                        .append(cell == null ? "null" : number ? cell : "\"" + cell.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
            }
        }
        return out.append("\n      }\n   ]\n}\n").toString();
    }

    private static String text(@Nullable String cell) {
        return cell == null ? "" : cell;
    }
}
