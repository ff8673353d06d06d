package dev.vethlab.engine.command.core.sed;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command of a script with the addresses that select its lines. */
record SedCommand(@Nullable Address from, @Nullable Address to, boolean negated, Action action) {
    /** What selects a line. */
    sealed interface Address {
        record Line(long number) implements Address {}

        record Last() implements Address {}

        record Match(@Nullable Pattern pattern) implements Address {}

        /** {@code first~step}. */
        record Step(long first, long step) implements Address {}

        /** As a range's end: {@code +count}. */
        record Count(long count) implements Address {}

        /** As a range's end: {@code ~multiple}. */
        record Multiple(long multiple) implements Address {}
    }

    /** What is done. */
    sealed interface Action {
        /** A command of one letter; {@code text} is what {@code a i c}, labels and file names need. */
        record Simple(char letter, String text) implements Action {}

        record Substitute(@Nullable Pattern pattern, List<Piece> replacement, int occurrence, boolean global, boolean prints, String file)
                implements Action {}

        record Transliterate(String from, String to) implements Action {}

        /** <code>{</code>: goes to {@code end} if the line is not selected. */
        record Block(int[] end) implements Action {}
    }

    /** A piece of a replacement: text, a group (0: all), or a change of case. */
    sealed interface Piece {
        record Text(String text) implements Piece {}

        record Group(int number) implements Piece {}

        record Case(char mode) implements Piece {}
    }

    /** Where a label stands, or -1. */
    static int label(List<SedCommand> commands, String label) {
        for (int i = 0; i < commands.size(); i++) {
            if (commands.get(i).action() instanceof Action.Simple s && s.letter() == ':' && s.text().equals(label)) {
                return i;
            }
        }
        return -1;
    }
}
