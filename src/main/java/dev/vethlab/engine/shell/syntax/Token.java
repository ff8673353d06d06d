package dev.vethlab.engine.shell.syntax;

/** What the lexer found: {@code text} is an operator's spelling or a word's source. */
record Token(Kind kind, String text, Word word, int line, int start, int end) {
    enum Kind {
        WORD,
        /** Digits right before {@code <} or {@code >}. */
        NUMBER,
        OPERATOR,
        NEWLINE,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** Whether it is this reserved word; the caller knows that one may stand here. */
    boolean isWord(String reserved) {
        return kind == Kind.WORD && word.plainText().equals(reserved);
    }
}
