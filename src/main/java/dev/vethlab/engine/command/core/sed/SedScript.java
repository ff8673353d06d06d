package dev.vethlab.engine.command.core.sed;

import java.util.ArrayList;
import java.util.List;

/** The script: what {@code -e} and {@code -f} gave, one below the other, and where each piece came from. */
final class SedScript {
    private record Part(int start, String name) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();
    private int expressions;

    void add(String expression) {
        append("-e expression #" + ++expressions, expression);
    }

    void addFile(String name, String content) {
        append("file " + name, content.endsWith("\n") ? content.substring(0, content.length() - 1) : content);
    }

    private void append(String name, String part) {
        if (!parts.isEmpty()) {
            text.append('\n');
        }
        parts.add(new Part(text.length(), name));
        text.append(part);
    }

    String text() {
        return text.toString();
    }

    /** How GNU sed names the place just behind {@code position}. */
    String place(int position) {
        Part part = parts.getFirst();
        for (Part candidate : parts) {
            part = candidate.start < position ? candidate : part;
        }
        if (part.name.startsWith("-e")) {
            return part.name + ", char " + (position - part.start);
        }
        return part.name + " line " + (1 + text.substring(part.start, position).chars().filter(c -> c == '\n').count());
    }
}
