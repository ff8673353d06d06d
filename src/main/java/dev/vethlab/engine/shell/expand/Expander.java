package dev.vethlab.engine.shell.expand;

import dev.vethlab.engine.shell.syntax.Part;
import dev.vethlab.engine.shell.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Expands words in the order of XCU 2.6: braces, tilde, parameters, commands and arithmetic, splitting, file names, quote removal. */
public final class Expander {
    static final String DEFAULT_SEPARATORS = " \t\n";

    /** Commands after which {@code NAME=VALUE} is an assignment, although it is an argument. */
    private static final List<String> DECLARING = List.of("export", "readonly", "local", "declare", "typeset");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\+?=");

    private final Surroundings shell;
    private final ParameterExpansion parameters;

    public Expander(Surroundings shell) {
        this.shell = shell;
        this.parameters = new ParameterExpansion(shell, this);
    }

    /** The fields that words make on a command line. */
    public List<String> fields(List<Word> words) {
        List<String> all = new ArrayList<>();
        boolean declares = !words.isEmpty() && DECLARING.contains(words.getFirst().plainText());
        for (Word word : words) {
            if (declares && NAME.matcher(beginning(word)).lookingAt()) {
                all.add(assignment(beginning(word), word));
                continue;
            }
            for (Word each : shell.isBash() ? BraceExpansion.expand(word) : List.of(word)) {
                var builder = new FieldBuilder(shell.variables().getOr("IFS", DEFAULT_SEPARATORS));
                build(each, builder, true);
                for (Field field : builder.fields()) {
                    if (field.isPattern() && !shell.leavesPatterns()) {
                        List<String> names = new PathExpansion(shell.process()).expand(field.pattern());
                        if (!names.isEmpty() || shell.dropsUnmatchedPatterns()) {
                            all.addAll(names);
                            continue;
                        }
                    }
                    all.add(field.text());
                }
                if (all.size() > FieldBuilder.MAX_FIELDS) {
                    throw new ExpansionError("vethlab: a command line has " + FieldBuilder.MAX_FIELDS + " words at most");
                }
            }
        }
        return all;
    }

    private static String beginning(Word word) {
        return !word.parts().isEmpty() && word.parts().getFirst() instanceof Part.Literal literal ? literal.text() : "";
    }

    /** Nothing is split in what follows the name. */
    private String assignment(String beginning, Word word) {
        int value = beginning.indexOf('=') + 1;
        List<Part> parts = new ArrayList<>(word.parts());
        parts.set(0, new Part.Literal(beginning.substring(value)));
        return beginning.substring(0, value) + text(new Word(parts));
    }

    /** The text of a word where nothing is split: an assignment's value, a redirection's target, the subject of {@code case}. */
    public String text(Word word) {
        return single(word).text();
    }

    /** The word as a {@link Glob} pattern. */
    public String pattern(Word word) {
        return single(word).pattern();
    }

    /** The word as a regular expression, for {@code =~}. */
    public String regex(Word word) {
        return single(word).regex();
    }

    public long arithmetic(Word expression) {
        String text = text(expression);
        return shell.isDash() ? Arithmetic.evaluatePosix(text, shell.variables()) : Arithmetic.evaluate(text, shell.variables());
    }

    private Field single(Word word) {
        var builder = new FieldBuilder(null);
        build(word, builder, true);
        return builder.single();
    }

    /** Appends what a word expands to; {@code outermost} if a tilde at its start counts. */
    void build(Word word, FieldBuilder builder, boolean outermost) {
        List<Part> parts = word.parts();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (i == 0 && outermost && part instanceof Part.Literal literal && literal.text().startsWith("~")) {
                String text = literal.text();
                int slash = text.indexOf('/');
                String home = parts.size() > 1 && slash < 0 ? null : home(slash < 0 ? text : text.substring(0, slash));
                if (home != null) {
                    builder.append(home, true);
                    builder.append(slash < 0 ? "" : text.substring(slash), false);
                    continue;
                }
            }
            part(part, builder, false);
        }
    }

    private @Nullable String home(String prefix) {
        return switch (prefix) {
            case "~" -> shell.variables().getOr("HOME", "/root");
            case "~+" -> shell.variables().get("PWD");
            case "~-" -> shell.variables().get("OLDPWD");
            default -> shell.home(prefix.substring(1));
        };
    }

    void part(Part part, FieldBuilder builder, boolean quoted) {
        switch (part) {
            case Part.Literal literal -> builder.append(literal.text(), quoted);
            case Part.Quoted text -> builder.append(text.text(), true);
            case Part.DoubleQuoted inner -> {
                if (!isFieldEach(inner)) {
                    builder.append("", true);
                }
                inner.parts().forEach(each -> part(each, builder, true));
            }
            case Part.Parameter parameter -> parameters.expand(parameter, builder, quoted);
            case Part.Unknown unknown -> throw new ExpansionError("${" + unknown.text() + "}: bad substitution");
            case Part.CommandSubstitution substitution -> value(shell.substitute(substitution.body()), builder, quoted);
            case Part.ArithmeticExpansion expansion -> value(Long.toString(arithmetic(expansion.expression())), builder, quoted);
            case Part.ProcessSubstitution substitution ->
                    builder.append(shell.substituteProcess(substitution.body(), substitution.reads()), true);
        }
    }

    /** Whether it is {@code "$@"} or its like alone, so that without any element there is no field at all. */
    private static boolean isFieldEach(Part.DoubleQuoted quoted) {
        for (Part part : quoted.parts()) {
            if (!(part instanceof Part.Parameter p && ParameterExpansion.isFieldEach(p))) {
                return false;
            }
        }
        return !quoted.parts().isEmpty();
    }

    void value(String text, FieldBuilder builder, boolean quoted) {
        if (quoted || !builder.splits()) {
            builder.append(text, quoted);
        } else {
            builder.split(text);
        }
    }
}
