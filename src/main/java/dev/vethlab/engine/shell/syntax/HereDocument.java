package dev.vethlab.engine.shell.syntax;

/** A here-document. Its text follows the line of its operator, so that it is set when that line's end has been read. */
public final class HereDocument {
    private final String delimiter;
    private final boolean quoted;
    private final boolean tabs;
    private final int line;
    private Word text = Word.quoted("");

    HereDocument(String delimiter, boolean quoted, boolean tabs, int line) {
        this.delimiter = delimiter;
        this.quoted = quoted;
        this.tabs = tabs;
        this.line = line;
    }

    public String delimiter() {
        return delimiter;
    }

    /** Whether the delimiter was quoted: nothing in the text is expanded. */
    public boolean isQuoted() {
        return quoted;
    }

    /** Whether it is a {@code <<-}. */
    public boolean stripsTabs() {
        return tabs;
    }

    int line() {
        return line;
    }

    void setText(Word text) {
        this.text = text;
    }

    public Word text() {
        return text;
    }
}
