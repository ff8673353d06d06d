package dev.vethlab.engine.shell;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.vethlab.engine.shell.builtin.TestCommand;
import dev.vethlab.engine.shell.expand.Arithmetic;
import dev.vethlab.engine.shell.expand.BoundedPattern;
import dev.vethlab.engine.shell.expand.Expander;
import dev.vethlab.engine.shell.expand.ExpansionError;
import dev.vethlab.engine.shell.expand.Glob;
import dev.vethlab.engine.shell.syntax.Command.Condition;
import java.util.ArrayList;
import java.util.List;

/** Evaluates {@code [[ … ]]}. */
final class Conditions {
    private final Interpreter shell;

    Conditions(Interpreter shell) {
        this.shell = shell;
    }

    boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.Grouped grouped -> holds(grouped.condition());
            case Condition.Not not -> !holds(not.condition());
            case Condition.Both both -> holds(both.left()) && holds(both.right());
            case Condition.Either either -> holds(either.left()) || holds(either.right());
            case Condition.Unary unary -> unary(unary);
            case Condition.Binary binary -> binary(binary);
        };
    }

    private boolean unary(Condition.Unary unary) {
        String operand = shell.expander().text(unary.operand());
        return switch (unary.operator()) {
            case "-v" -> shell.state().variables.element(operand) != null;
            case "-o" -> shell.state().options.stream().anyMatch(option -> option.title.equals(operand));
            default -> TestCommand.unary(shell.process(), unary.operator(), operand);
        };
    }

    private boolean binary(Condition.Binary binary) {
        Expander expander = shell.expander();
        String left = expander.text(binary.left());
        return switch (binary.operator()) {
            case "=", "==" -> Glob.matches(expander.pattern(binary.right()), left);
            case "!=" -> !Glob.matches(expander.pattern(binary.right()), left);
            case "=~" -> matches(left, expander.regex(binary.right()));
            case "<" -> left.compareTo(expander.text(binary.right())) < 0;
            case ">" -> left.compareTo(expander.text(binary.right())) > 0;
            case "-nt", "-ot", "-ef" -> TestCommand.files(shell.process(), left, binary.operator(), expander.text(binary.right()));
            default -> {
                long a = Arithmetic.evaluate(left, shell.state().variables);
                long b = Arithmetic.evaluate(expander.text(binary.right()), shell.state().variables);
                yield TestCommand.compare(a, binary.operator(), b);
            }
        };
    }

    private boolean matches(String text, String regex) {
        try {
            Matcher matcher = BoundedPattern.compile(regex, Pattern.DISABLE_UNICODE_GROUPS).matcher(text);
            boolean found = matcher.find();
            List<String> groups = new ArrayList<>();
            for (int i = 0; found && i <= matcher.groupCount(); i++) {
                groups.add(matcher.group(i) == null ? "" : matcher.group(i));
            }
            shell.state().variables.setArray("BASH_REMATCH", groups, false);
            return found;
        } catch (PatternSyntaxException e) {
            throw new ExpansionError("[[: invalid regular expression `" + regex + "'", 2);
        }
    }
}
