package dev.vethlab.engine.shell.syntax;

import java.util.List;

/**
 * A word before its expansion.
 *
 * @param source how bash prints it: as it was typed, but for the commands that stand in it
 */
public record Word(List<Part> parts, String source) {
    public Word {
        parts = List.copyOf(parts);
    }

    /** A word that nobody typed. */
    public Word(List<Part> parts) {
        this(parts, "");
    }

    /** A word that is this text and nothing else. */
    public static Word quoted(String text) {
        return new Word(List.of(new Part.Quoted(text)), text);
    }

    /** The text of a word without any quoting or expansion, else the empty string: how reserved words are told. */
    public String plainText() {
        return parts.size() == 1 && parts.getFirst() instanceof Part.Literal literal ? literal.text() : "";
    }

    /** Whether some of it is quoted, as matters for the delimiter of a here-document. */
    public boolean hasQuotes() {
        return parts.stream().anyMatch(part -> part instanceof Part.Quoted || part instanceof Part.DoubleQuoted);
    }
}
