package dev.vethlab.engine.shell.expand;

import dev.vethlab.engine.shell.syntax.Part;
import dev.vethlab.engine.shell.syntax.Word;
import java.util.ArrayList;
import java.util.List;

/** {@code a{b,c}d} and {@code {1..9}}: makes several words of one. Not POSIX; bash does it before all other expansions. */
final class BraceExpansion {
    private static final int MAX_WORDS = 10_000;

    /** A character of unquoted text, or another part as a whole. */
    private sealed interface Unit {
        record Letter(char c) implements Unit {}

        record Whole(Part part) implements Unit {}
    }

    private BraceExpansion() {}

    private static boolean isCandidate(Word word) {
        for (Part part : word.parts()) {
            if (part instanceof Part.Literal literal && literal.text().indexOf('{') >= 0) {
                return true;
            }
        }
        return false;
    }

    static List<Word> expand(Word word) {
        if (!isCandidate(word)) {
            return List.of(word);
        }
        List<Unit> units = new ArrayList<>();
        for (Part part : word.parts()) {
            if (part instanceof Part.Literal literal) {
                literal.text().chars().forEach(c -> units.add(new Unit.Letter((char) c)));
            } else {
                units.add(new Unit.Whole(part));
            }
        }
        List<Word> words = new ArrayList<>();
        for (List<Unit> result : alternatives(units)) {
            words.add(toWord(result));
        }
        return words;
    }

    private static boolean isLetter(Unit unit, char c) {
        return unit instanceof Unit.Letter letter && letter.c() == c;
    }

    private static List<List<Unit>> alternatives(List<Unit> units) {
        for (int open = 0; open < units.size(); open++) {
            if (!isLetter(units.get(open), '{')) {
                continue;
            }
            int close = -1;
            int depth = 0;
            List<Integer> commas = new ArrayList<>();
            for (int i = open + 1; i < units.size() && close < 0; i++) {
                if (isLetter(units.get(i), '{')) {
                    depth++;
                } else if (isLetter(units.get(i), '}')) {
                    if (depth == 0) {
                        close = i;
                    } else {
                        depth--;
                    }
                } else if (depth == 0 && isLetter(units.get(i), ',')) {
                    commas.add(i);
                }
            }
            if (close < 0) {
                continue;
            }
            List<List<Unit>> choices = commas.isEmpty() ? sequence(units.subList(open + 1, close)) : split(units, open, close, commas);
            if (choices.isEmpty()) {
                continue;
            }
            List<List<Unit>> results = new ArrayList<>();
            List<List<Unit>> tails = alternatives(units.subList(close + 1, units.size()));
            for (List<Unit> choice : choices) {
                for (List<Unit> tail : tails) {
                    List<Unit> result = new ArrayList<>(units.subList(0, open));
                    result.addAll(choice);
                    result.addAll(tail);
                    results.add(result);
                    if (results.size() > MAX_WORDS) {
                        throw new ExpansionError("vethlab: braces expand to " + MAX_WORDS + " words at most");
                    }
                }
            }
            return results;
        }
        return List.of(units);
    }

    private static List<List<Unit>> split(List<Unit> units, int open, int close, List<Integer> commas) {
        List<List<Unit>> choices = new ArrayList<>();
        int from = open + 1;
        for (int i = 0; i <= commas.size(); i++) {
            int to = i < commas.size() ? commas.get(i) : close;
            choices.addAll(alternatives(units.subList(from, to)));
            from = to + 1;
        }
        return choices;
    }

    /** {@code 1..5}, {@code 01..10..2}, {@code a..e}; empty if it is none of these. */
    private static List<List<Unit>> sequence(List<Unit> inner) {
        var text = new StringBuilder();
        for (Unit unit : inner) {
            if (!(unit instanceof Unit.Letter letter)) {
                return List.of();
            }
            text.append(letter.c());
        }
        String[] ends = text.toString().split("\\.\\.", -1);
        if (ends.length < 2 || ends.length > 3 || ends.length == 3 && !ends[2].matches("-?\\d{1,9}")) {
            return List.of();
        }
        boolean numbers = ends[0].matches("-?\\d{1,9}") && ends[1].matches("-?\\d{1,9}");
        boolean letters = ends[0].matches("[A-Za-z]") && ends[1].matches("[A-Za-z]");
        if (!numbers && !letters) {
            return List.of();
        }
        long from = numbers ? Long.parseLong(ends[0]) : ends[0].charAt(0);
        long to = numbers ? Long.parseLong(ends[1]) : ends[1].charAt(0);
        long step = Math.max(1, ends.length == 3 ? Math.abs(Long.parseLong(ends[2])) : 1);
        if (Math.abs(to - from) / step > MAX_WORDS) {
            throw new ExpansionError("vethlab: braces expand to " + MAX_WORDS + " words at most");
        }
        boolean padded = numbers && (ends[0].matches("-?0\\d+") || ends[1].matches("-?0\\d+"));
        int width = padded ? Math.max(ends[0].length(), ends[1].length()) : 0;
        List<List<Unit>> choices = new ArrayList<>();
        for (long i = from; from <= to ? i <= to : i >= to; i += from <= to ? step : -step) {
            String item = numbers ? padded(i, width) : String.valueOf((char) i);
            choices.add(item.chars().mapToObj(c -> (Unit) new Unit.Letter((char) c)).toList());
        }
        return choices;
    }

    private static String padded(long number, int width) {
        String digits = Long.toString(Math.abs(number));
        int zeros = width - digits.length() - (number < 0 ? 1 : 0);
        return (number < 0 ? "-" : "") + "0".repeat(Math.max(0, zeros)) + digits;
    }

    private static Word toWord(List<Unit> units) {
        List<Part> parts = new ArrayList<>();
        var text = new StringBuilder();
        for (Unit unit : units) {
            switch (unit) {
                case Unit.Letter letter -> text.append(letter.c());
                case Unit.Whole whole -> {
                    if (!text.isEmpty()) {
                        parts.add(new Part.Literal(text.toString()));
                        text.setLength(0);
                    }
                    parts.add(whole.part());
                }
            }
        }
        if (!text.isEmpty()) {
            parts.add(new Part.Literal(text.toString()));
        }
        return new Word(parts);
    }
}
