package dev.vethlab.engine.shell.syntax;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what follows <code>${</code>. */
final class BracedParameter {
    /** What POSIX does not know. */
    private static final Set<ParameterOperator> BASH_OPERATORS = EnumSet.of(ParameterOperator.UPPER_ALL, ParameterOperator.UPPER_FIRST,
            ParameterOperator.LOWER_ALL, ParameterOperator.LOWER_FIRST,
            ParameterOperator.TOGGLE_ALL, ParameterOperator.TOGGLE_FIRST, ParameterOperator.SUBSTRING, ParameterOperator.REPLACE_ALL,
            ParameterOperator.REPLACE_PREFIX, ParameterOperator.REPLACE_SUFFIX, ParameterOperator.REPLACE_FIRST);

    private final Lexer lexer;
    private final WordReader words;

    BracedParameter(Lexer lexer, WordReader words) {
        this.lexer = lexer;
        this.words = words;
    }

    /** What is none of the shell's substitutions is a mistake when it is expanded, not before. */
    Part read(boolean quoted) throws SyntaxError {
        int start = lexer.position;
        try {
            return parameter(quoted);
        } catch (BadSubstitution e) {
            int end = lexer.source.indexOf('}', lexer.position);
            if (end < 0) {
                throw lexer.unterminated('}');
            }
            lexer.position = end + 1;
            return new Part.Unknown(lexer.source.substring(start, end));
        }
    }

    private static final class BadSubstitution extends Exception {
        private static final long serialVersionUID = 1;

        BadSubstitution() {
            super("", null, false, false);
        }
    }

    private Part parameter(boolean quoted) throws SyntaxError, BadSubstitution {
        char first = lexer.at(lexer.position);
        char second = lexer.at(lexer.position + 1);
        boolean length = first == '#' && second != '}' && "-=?+:%#/".indexOf(second) < 0;
        boolean indirect = first == '!' && (WordReader.isNamePart(second) || second == '@' || second == '*' || second == '#');
        if (length || indirect) {
            lexer.position++;
        }
        String name = name();
        Word index = index();
        if (length && (name.isEmpty() || lexer.posix && index != null)) {
            throw new BadSubstitution();
        }
        if (length) {
            close();
            return new Part.Parameter(name, index, ParameterOperator.LENGTH, List.of());
        }
        if (indirect) {
            if (lexer.posix) {
                throw new BadSubstitution();
            }
            char next = lexer.at(lexer.position);
            if ((next == '*' || next == '@') && lexer.at(lexer.position + 1) == '}') {
                lexer.position += 2;
                return new Part.Parameter(name, index, ParameterOperator.NAMES, List.of());
            }
            if (index != null) {
                close();
                return new Part.Parameter(name, index, ParameterOperator.INDIRECT, List.of());
            }
            Part rest = operation(name, null, quoted);
            Part.Parameter outer = (Part.Parameter) rest;
            return outer.operator() == ParameterOperator.NONE
                    ? new Part.Parameter(name, null, ParameterOperator.INDIRECT, List.of())
                    : new Part.Parameter("!" + name, null, outer.operator(), outer.arguments());
        }
        return operation(name, index, quoted);
    }

    private String name() {
        int start = lexer.position;
        char c = lexer.at(start);
        int end = start;
        if (WordReader.isNameStart(c)) {
            while (WordReader.isNamePart(lexer.at(end))) {
                end++;
            }
        } else if (Character.isDigit(c)) {
            while (Character.isDigit(lexer.at(end))) {
                end++;
            }
        } else if (c != '\0' && "@*#?-$!".indexOf(c) >= 0) {
            end++;
        }
        lexer.position = end;
        return lexer.source.substring(start, end);
    }

    private @Nullable Word index() throws SyntaxError {
        if (lexer.at(lexer.position) != '[') {
            return null;
        }
        lexer.position++;
        Word index = words.parameterWord("]", false);
        if (lexer.atEnd()) {
            throw lexer.unterminated(']');
        }
        lexer.position++;
        return index;
    }

    private void close() throws SyntaxError, BadSubstitution {
        if (lexer.atEnd()) {
            throw lexer.unterminated('}');
        }
        if (lexer.at(lexer.position) != '}') {
            throw new BadSubstitution();
        }
        lexer.position++;
    }

    /** The letter behind an {@code @}. */
    private ParameterOperator transformation(char letter) throws SyntaxError, BadSubstitution {
        return switch (letter) {
            case 'U' -> ParameterOperator.UPPER_ALL;
            case 'u' -> ParameterOperator.UPPER_FIRST;
            case 'L' -> ParameterOperator.LOWER_ALL;
            case 'Q' -> ParameterOperator.QUOTED;
            case 'E' -> ParameterOperator.ESCAPES;
            case 'A' -> ParameterOperator.DECLARATION;
            case 'a' -> ParameterOperator.ATTRIBUTES;
            case 'K' -> ParameterOperator.KEYS;
            case 'P', 'k' -> throw new SyntaxError("vethlab: ${parameter@" + letter + "} is not emulated", false, lexer.line(), false);
            default -> throw new BadSubstitution();
        };
    }

    private Part operation(String name, @Nullable Word index, boolean quoted) throws SyntaxError, BadSubstitution {
        if (lexer.atEnd()) {
            throw lexer.unterminated('}');
        }
        if (name.isEmpty()) {
            throw new BadSubstitution();
        }
        if (lexer.posix && index != null) {
            throw new BadSubstitution();
        }
        char c = lexer.at(lexer.position);
        char next = lexer.at(lexer.position + 1);
        boolean twice = next == c;
        if (c == '}') {
            lexer.position++;
            return new Part.Parameter(name, index, ParameterOperator.NONE, List.of());
        }
        if (c == '@' && !lexer.posix && lexer.at(lexer.position + 2) == '}') {
            ParameterOperator transformation = transformation(next);
            lexer.position += 3;
            return new Part.Parameter(name, index, transformation, List.of());
        }
        boolean colon = c == ':' && next != '\0' && "-=?+".indexOf(next) >= 0;
        ParameterOperator operator = switch (colon ? next : c) {
            case '-' -> colon ? ParameterOperator.DEFAULT_OR_NULL : ParameterOperator.DEFAULT;
            case '=' -> colon ? ParameterOperator.ASSIGN_OR_NULL : ParameterOperator.ASSIGN;
            case '?' -> colon ? ParameterOperator.ERROR_OR_NULL : ParameterOperator.ERROR;
            case '+' -> colon ? ParameterOperator.ALTERNATIVE_OR_NULL : ParameterOperator.ALTERNATIVE;
            case '#' -> twice ? ParameterOperator.REMOVE_LONGEST_PREFIX : ParameterOperator.REMOVE_PREFIX;
            case '%' -> twice ? ParameterOperator.REMOVE_LONGEST_SUFFIX : ParameterOperator.REMOVE_SUFFIX;
            case '^' -> twice ? ParameterOperator.UPPER_ALL : ParameterOperator.UPPER_FIRST;
            case ',' -> twice ? ParameterOperator.LOWER_ALL : ParameterOperator.LOWER_FIRST;
            case '~' -> twice ? ParameterOperator.TOGGLE_ALL : ParameterOperator.TOGGLE_FIRST;
            case ':' -> ParameterOperator.SUBSTRING;
            case '/' -> switch (next) {
                case '/' -> ParameterOperator.REPLACE_ALL;
                case '#' -> ParameterOperator.REPLACE_PREFIX;
                case '%' -> ParameterOperator.REPLACE_SUFFIX;
                default -> ParameterOperator.REPLACE_FIRST;
            };
            default -> throw new BadSubstitution();
        };
        if (lexer.posix && BASH_OPERATORS.contains(operator)) {
            throw new BadSubstitution();
        }
        boolean replaces = c == '/';
        lexer.position += colon || operator == ParameterOperator.SUBSTRING && colon ? 2
                : replaces ? operator == ParameterOperator.REPLACE_FIRST ? 1 : 2
                : "#%^,~".indexOf(c) >= 0 && twice ? 2 : 1;
        List<Word> arguments = new ArrayList<>();
        boolean pattern = replaces || "#%^,~".indexOf(c) >= 0;
        String stops = replaces ? "/}" : operator == ParameterOperator.SUBSTRING ? ":}" : "}";
        arguments.add(words.parameterWord(stops, quoted && !pattern));
        if (stops.length() == 2 && lexer.at(lexer.position) == stops.charAt(0)) {
            lexer.position++;
            arguments.add(words.parameterWord("}", quoted));
        }
        close();
        return new Part.Parameter(name, index, operator, arguments);
    }
}
