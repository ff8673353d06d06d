package dev.vethlab.engine.command.docker;

import java.util.ArrayList;
import java.util.List;

/**
 * Go's {@code text/tabwriter} with the settings of Docker's client: cells end at tabs; a column is as wide as its widest cell in
 * consecutive lines that have it, plus the padding, and at least the minimum.
 */
public final class TabWriter {
    private final int minimum;
    private final int padding;
    private final StringBuilder out = new StringBuilder();
    private final List<Integer> widths = new ArrayList<>();
    private final List<String[]> lines = new ArrayList<>();

    private TabWriter(int minimum, int padding) {
        this.minimum = minimum;
        this.padding = padding;
    }

    /** The text with its tabs replaced by aligned blanks; {@code minimum} and {@code padding} in characters. */
    public static String align(String text, int minimum, int padding) {
        var writer = new TabWriter(minimum, padding);
        for (String line : text.split("\n", -1)) {
            writer.lines.add(line.split("\t", -1));
        }
        writer.format(0, writer.lines.size());
        String aligned = writer.out.toString();
        return aligned.isEmpty() ? aligned : aligned.substring(0, aligned.length() - 1);
    }

    private void format(int first, int end) {
        int column = widths.size();
        int printed = first;
        int line = first;
        while (line < end) {
            if (column >= lines.get(line).length - 1) {
                line++;
                continue;
            }
            print(printed, line);
            printed = line;
            int width = minimum;
            while (line < end && column < lines.get(line).length - 1) {
                width = Math.max(width, lines.get(line)[column].codePointCount(0, lines.get(line)[column].length()) + padding);
                line++;
            }
            widths.add(width);
            format(printed, line);
            widths.removeLast();
            printed = line;
        }
        print(printed, end);
    }

    private void print(int first, int end) {
        for (int i = first; i < end; i++) {
            String[] cells = lines.get(i);
            for (int j = 0; j < cells.length; j++) {
                out.append(cells[j]);
                if (j < cells.length - 1 && j < widths.size()) {
                    out.append(" ".repeat(Math.max(0, widths.get(j) - cells[j].codePointCount(0, cells[j].length()))));
                }
            }
            out.append('\n');
        }
    }
}
