package dev.vethlab.engine.shell.syntax;

import org.jspecify.annotations.Nullable;

/** One redirection: the descriptor it is about, what is done, and the word that says with what – of {@code <<} the delimiter. */
public record Redirection(int descriptor, Kind kind, Word target, @Nullable HereDocument document) {
    /** The text of a here-document or here-string. */
    public Word text() {
        return document == null ? target : document.text();
    }

    /** The operators. */
    public enum Kind {
        READ,
        WRITE,
        CLOBBER,
        APPEND,
        READ_WRITE,
        DUPLICATE_INPUT,
        DUPLICATE_OUTPUT,
        /** {@code &>}: standard output and standard error to a file. */
        WRITE_BOTH,
        /** {@code &>>}. */
        APPEND_BOTH,
        /** A here-document or here-string: the word is its text. */
        TEXT
    }
}
