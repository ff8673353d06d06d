package dev.vethlab.engine.shell.expand;

import dev.vethlab.engine.shell.Declarations;
import dev.vethlab.engine.shell.Quoting;
import dev.vethlab.engine.shell.syntax.Escapes;
import dev.vethlab.engine.shell.syntax.ParameterOperator;
import dev.vethlab.engine.shell.syntax.Part;
import dev.vethlab.engine.shell.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** <code>$name</code> and all forms of <code>${name…}</code> (XCU 2.6.2 and bash's additions). */
final class ParameterExpansion {
    private final Surroundings shell;
    private final Expander expander;

    ParameterExpansion(Surroundings shell, Expander expander) {
        this.shell = shell;
        this.expander = expander;
    }

    /** What a parameter stands for: one value or none, or with {@code $@ $* a[@]} a list. */
    private record Value(List<String> values, boolean isList, boolean joins) {
        @Nullable String first() {
            return values.isEmpty() ? null : values.getFirst();
        }
    }

    void expand(Part.Parameter parameter, FieldBuilder builder, boolean quoted) {
        Part.Parameter p = parameter;
        if (p.name().length() > 1 && p.name().startsWith("!")) {
            p = new Part.Parameter(indirect(p.name().substring(1)), null, p.operator(), p.arguments());
        }
        if (p.operator() == ParameterOperator.NAMES) {
            String prefix = p.name();
            put(new Value(shell.variables().names().stream().filter(n -> n.startsWith(prefix)).toList(), true, false), builder, quoted);
            return;
        }
        if (p.operator() == ParameterOperator.INDIRECT) {
            if (p.index() != null) {
                put(new Value(shell.variables().indexes(p.name()), true, p.index().plainText().equals("*")), builder, quoted);
                return;
            }
            p = new Part.Parameter(indirect(p.name()), null, ParameterOperator.NONE, List.of());
        }
        Value value = lookUp(p);
        apply(p, value, builder, quoted);
    }

    /** The name that a variable holds. */
    private String indirect(String name) {
        String reference = shell.variables().get(name);
        if (reference == null) {
            throw new ExpansionError(name + ": invalid indirect expansion");
        }
        if (!reference.matches("[A-Za-z_]\\w*(\\[.*])?|\\d+|[@*#?$!-]")) {
            throw new ExpansionError(reference + ": invalid variable name");
        }
        return reference;
    }

    private void apply(Part.Parameter p, Value value, FieldBuilder builder, boolean quoted) {
        ParameterOperator operator = p.operator();
        boolean unset = value.values.isEmpty();
        boolean empty = unset || !value.isList && value.values.getFirst().isEmpty()
                || value.isList && value.values.size() == 1 && value.values.getFirst().isEmpty();
        switch (operator) {
            case NONE -> {
                requireSet(p, value);
                put(value, builder, quoted);
            }
            case LENGTH -> {
                requireSet(p, value);
                String first = value.first();
                long length = value.isList ? value.values.size() : first == null ? 0 : first.codePointCount(0, first.length());
                expander.value(Long.toString(length), builder, quoted);
            }
            case DEFAULT, DEFAULT_OR_NULL -> {
                if (operator == ParameterOperator.DEFAULT ? unset : empty) {
                    word(p.arguments().getFirst(), builder, quoted);
                } else {
                    put(value, builder, quoted);
                }
            }
            case ASSIGN, ASSIGN_OR_NULL -> {
                if (operator == ParameterOperator.ASSIGN ? unset : empty) {
                    String text = expander.text(p.arguments().getFirst());
                    if (!Character.isLetter(p.name().charAt(0)) && p.name().charAt(0) != '_') {
                        throw new ExpansionError("$" + p.name() + ": cannot assign in this way");
                    }
                    shell.variables().set(p.name(), text);
                    expander.value(text, builder, quoted);
                } else {
                    put(value, builder, quoted);
                }
            }
            case ERROR, ERROR_OR_NULL -> {
                if (operator == ParameterOperator.ERROR ? unset : empty) {
                    String text = expander.text(p.arguments().getFirst());
                    String otherwise = operator == ParameterOperator.ERROR ? "parameter not set" : "parameter null or not set";
                    throw new ExpansionError(p.name() + ": " + (text.isEmpty() ? otherwise : text), 127);
                }
                put(value, builder, quoted);
            }
            case ALTERNATIVE, ALTERNATIVE_OR_NULL -> {
                if (!(operator == ParameterOperator.ALTERNATIVE ? unset : empty)) {
                    word(p.arguments().getFirst(), builder, quoted);
                }
            }
            case REMOVE_PREFIX, REMOVE_LONGEST_PREFIX, REMOVE_SUFFIX, REMOVE_LONGEST_SUFFIX -> {
                requireSet(p, value);
                String pattern = expander.pattern(p.arguments().getFirst());
                each(value, text -> removed(operator, pattern, text), builder, quoted);
            }
            case REPLACE_FIRST, REPLACE_ALL, REPLACE_PREFIX, REPLACE_SUFFIX -> {
                requireSet(p, value);
                String pattern = expander.pattern(p.arguments().getFirst());
                String by = p.arguments().size() > 1 ? expander.text(p.arguments().get(1)) : "";
                each(value, text -> replaced(operator, pattern, text, by), builder, quoted);
            }
            case SUBSTRING -> {
                requireSet(p, value);
                substring(p, value, builder, quoted);
            }
            case UPPER_FIRST, UPPER_ALL, LOWER_FIRST, LOWER_ALL, TOGGLE_FIRST, TOGGLE_ALL -> {
                requireSet(p, value);
                String pattern = p.arguments().isEmpty() ? "" : expander.pattern(p.arguments().getFirst());
                each(value, text -> cased(operator, pattern, text), builder, quoted);
            }
            case QUOTED -> {
                requireSet(p, value);
                each(value, Quoting::reusable, builder, quoted);
            }
            case ESCAPES -> {
                requireSet(p, value);
                each(value, Escapes::ansi, builder, quoted);
            }
            case ATTRIBUTES -> {
                requireSet(p, value);
                boolean known = shell.variables().isSet(p.name()) || shell.variables().isArray(p.name());
                String flags = known ? Declarations.flags(shell.variables(), p.name()) : "";
                put(value.isList ? new Value(value.values.stream().map(each -> flags).toList(), true, value.joins) : one(flags), builder,
                        quoted);
            }
            case DECLARATION -> {
                requireSet(p, value);
                put(one(unset ? "" : declaration(p.name(), value)), builder, quoted);
            }
            case KEYS -> {
                requireSet(p, value);
                if (p.index() == null || !value.isList) {
                    each(value, Quoting::reusable, builder, quoted);
                } else {
                    put(one(Declarations.pairs(shell.variables(), p.name())), builder, quoted);
                }
            }
            case INDIRECT, NAMES -> throw new IllegalStateException(operator.name());
        }
    }

    /** Whether it makes a field of each element of {@code $@} or an array's {@code [@]}, even in quotes, and none where there is none. */
    static boolean isFieldEach(Part.Parameter p) {
        boolean at = p.name().equals("@") || p.index() != null && p.index().plainText().equals("@");
        return at && switch (p.operator()) {
            case NONE, INDIRECT, SUBSTRING, ALTERNATIVE, ALTERNATIVE_OR_NULL, UPPER_FIRST, UPPER_ALL, LOWER_FIRST, LOWER_ALL,
                    TOGGLE_FIRST, TOGGLE_ALL,
                 REMOVE_PREFIX, REMOVE_LONGEST_PREFIX, REMOVE_SUFFIX, REMOVE_LONGEST_SUFFIX,
                 REPLACE_FIRST, REPLACE_ALL, REPLACE_PREFIX, REPLACE_SUFFIX, QUOTED, ESCAPES, ATTRIBUTES -> true;
            case LENGTH, NAMES, DEFAULT, DEFAULT_OR_NULL, ASSIGN, ASSIGN_OR_NULL, ERROR, ERROR_OR_NULL, DECLARATION, KEYS -> false;
        };
    }

    /** What makes a parameter what it is: an assignment, {@code declare} or {@code set}. */
    private String declaration(String name, Value value) {
        if (name.equals("@") || name.equals("*")) {
            return "set -- " + String.join(" ", value.values.stream().map(Quoting::reusable).toList());
        }
        String flags = Declarations.flags(shell.variables(), name);
        String made = shell.variables().isArray(name) && value.isList
                ? Declarations.value(shell.variables(), name)
                : Quoting.reusable(Objects.requireNonNullElse(value.first(), ""));
        return (flags.isEmpty() ? "" : "declare -" + flags + " ") + name + "=" + made;
    }

    private void requireSet(Part.Parameter p, Value value) {
        if (shell.treatsUnsetAsError() && value.values.isEmpty() && !value.isList) {
            throw new ExpansionError(p.name() + ": unbound variable", 127);
        }
    }

    private Value lookUp(Part.Parameter p) {
        String name = p.name();
        Word index = p.index();
        if (index != null) {
            String subscript = expander.text(index);
            if (subscript.equals("@") || subscript.equals("*")) {
                return new Value(shell.variables().elements(name), true, subscript.equals("*"));
            }
            return one(shell.variables().elementAt(name, subscript));
        }
        if (name.equals("@") || name.equals("*")) {
            return new Value(shell.arguments(), true, name.equals("*"));
        }
        char first = name.charAt(0);
        if (Character.isDigit(first) && !name.equals("0")) {
            int number = name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
            return one(number <= shell.arguments().size() ? shell.arguments().get(number - 1) : null);
        }
        if (!Character.isLetter(first) && first != '_') {
            return one(shell.special(first));
        }
        return one(shell.variables().get(name));
    }

    private static Value one(@Nullable String value) {
        return new Value(value == null ? List.of() : List.of(value), false, false);
    }

    private void word(Word word, FieldBuilder builder, boolean quoted) {
        if (quoted) {
            word.parts().forEach(part -> expander.part(part, builder, true));
        } else {
            expander.build(word, builder, true);
        }
    }

    private void each(Value value, UnaryOperator<String> change, FieldBuilder builder, boolean quoted) {
        put(new Value(value.values.stream().map(change).toList(), value.isList, value.joins), builder, quoted);
    }

    /** Puts values into the word: {@code "$*"} joined, {@code "$@"} a field each, unquoted ones split. */
    private void put(Value value, FieldBuilder builder, boolean quoted) {
        if (!value.isList) {
            String only = value.first();
            if (only != null) {
                expander.value(only, builder, quoted);
            }
            return;
        }
        String separators = shell.variables().getOr("IFS", Expander.DEFAULT_SEPARATORS);
        if (quoted && value.joins || !builder.splits()) {
            String joint = value.joins ? separators.isEmpty() ? "" : separators.substring(0, 1) : " ";
            builder.append(String.join(joint, value.values), quoted);
            return;
        }
        for (int i = 0; i < value.values.size(); i++) {
            if (i > 0) {
                builder.separate();
            }
            expander.value(value.values.get(i), builder, quoted);
        }
    }

    private static String removed(ParameterOperator operator, String pattern, String text) {
        return switch (operator) {
            case REMOVE_PREFIX, REMOVE_LONGEST_PREFIX -> {
                int length = Glob.prefix(pattern, text, operator == ParameterOperator.REMOVE_LONGEST_PREFIX);
                yield length < 0 ? text : text.substring(length);
            }
            default -> {
                int start = Glob.suffix(pattern, text, operator == ParameterOperator.REMOVE_LONGEST_SUFFIX);
                yield start < 0 ? text : text.substring(0, start);
            }
        };
    }

    private static String replaced(ParameterOperator operator, String pattern, String text, String by) {
        boolean anchored = operator == ParameterOperator.REPLACE_PREFIX || operator == ParameterOperator.REPLACE_SUFFIX;
        if (pattern.isEmpty() && !anchored) {
            return text;
        }
        if (operator == ParameterOperator.REPLACE_PREFIX) {
            int length = Glob.prefix(pattern, text, true);
            return length < 0 ? text : by + text.substring(length);
        }
        if (operator == ParameterOperator.REPLACE_SUFFIX) {
            int start = Glob.suffix(pattern, text, true);
            return start < 0 ? text : text.substring(0, start) + by;
        }
        var search = new GlobSearch(pattern, true);
        var result = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            int length = search.extent(text, i, text.length(), true);
            if (length < 0 && search.beginsWithStar()) {
                break;
            }
            if (length <= 0) {
                result.append(text.charAt(i++));
                continue;
            }
            result.append(by);
            i += length;
            if (operator == ParameterOperator.REPLACE_FIRST) {
                break;
            }
            FieldBuilder.checkLength(result.length());
        }
        return result + text.substring(i);
    }

    /** Changes the case of the first letter or of all, if they match the pattern; an empty one matches all. */
    private static String cased(ParameterOperator operator, String pattern, String text) {
        boolean all = switch (operator) {
            case UPPER_ALL, LOWER_ALL, TOGGLE_ALL -> true;
            default -> false;
        };
        var out = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int letter = text.codePointAt(at);
            boolean meant = (all || at == 0) && (pattern.isEmpty() || Glob.matches(pattern, Character.toString(letter)));
            out.appendCodePoint(!meant ? letter : switch (operator) {
                case UPPER_ALL, UPPER_FIRST -> Character.toUpperCase(letter);
                case LOWER_ALL, LOWER_FIRST -> Character.toLowerCase(letter);
                default -> Character.isUpperCase(letter) ? Character.toLowerCase(letter) : Character.toUpperCase(letter);
            });
            at += Character.charCount(letter);
        }
        return out.toString();
    }

    private void substring(Part.Parameter p, Value value, FieldBuilder builder, boolean quoted) {
        long offset = expander.arithmetic(p.arguments().getFirst());
        Long length = p.arguments().size() > 1 ? Long.valueOf(expander.arithmetic(p.arguments().get(1))) : null;
        if (value.isList) {
            List<String> all = new ArrayList<>(value.values);
            if (p.name().equals("@") || p.name().equals("*")) {
                all.addFirst(Objects.requireNonNullElse(shell.special('0'), ""));
            }
            long from = offset < 0 ? Math.max(0, all.size() + offset) : Math.min(offset, all.size());
            long to = length == null ? all.size() : Math.min(all.size(), from + Math.max(0, length));
            put(new Value(all.subList((int) from, (int) to), true, value.joins), builder, quoted);
            return;
        }
        String text = Objects.requireNonNullElse(value.first(), "");
        long from = offset < 0 ? text.length() + offset : offset;
        if (from < 0 || from > text.length()) {
            expander.value("", builder, quoted);
            return;
        }
        long to = length == null ? text.length() : length < 0 ? text.length() + length : Math.min(text.length(), from + length);
        if (to < from) {
            throw new ExpansionError(length + ": substring expression < 0");
        }
        expander.value(text.substring((int) from, (int) to), builder, quoted);
    }
}
