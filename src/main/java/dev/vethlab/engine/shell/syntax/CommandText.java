package dev.vethlab.engine.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints commands as bash does after reading them (its {@code print_cmd.c}): functions over several lines, jobs and what stands in
 * {@code $(…)} in one where their syntax allows.
 *
 * <p>Lists are over lines only within functions; loops and branches always are. A here-document's text follows the operator or newline
 * after its command.
 */
public final class CommandText {
    private static final int STEP = 4;

    private final StringBuilder out = new StringBuilder();
    private final List<Redirection> documents = new ArrayList<>();
    private final int step;
    private int indentation;
    private int functions;
    private boolean documentPrinted;

    private CommandText(int step) {
        this.step = step;
    }

    /** A function as {@code declare -f} prints it, without a newline at the end. */
    public static String function(String name, Command body) {
        var text = new CommandText(STEP);
        text.out.append(name).append(" () \n");
        text.functionBody(body);
        return text.out.toString();
    }

    /** A function's value in the environment: {@code () { … }}, indented by one blank throughout. */
    public static String exported(Command body) {
        var text = new CommandText(0);
        text.indentation = 1;
        text.functions = 1;
        text.out.append("() { ");
        text.print(body instanceof Command.Group group ? group.body() : body, true);
        text.flush("");
        return text.out.append("\n}").toString();
    }

    /** A command as {@code jobs} lists it. */
    public static String inline(Command command) {
        var text = new CommandText(STEP);
        text.print(command, false);
        text.flush("");
        return text.out.toString();
    }

    // ---- the pieces ----

    private void indent() {
        out.repeat(' ', indentation);
    }

    private void newline(String text) {
        out.append('\n');
        indent();
        out.append(text);
    }

    private void semicolon() {
        char last = out.isEmpty() ? '\0' : out.charAt(out.length() - 1);
        if (last != '&' && last != '\n') {
            out.append(';');
        }
    }

    private void body(Command command) {
        indentation += step;
        print(command, true);
        flush("");
        indentation -= step;
    }

    /** An operator, and after its line the texts of the here-documents before it. */
    private void flush(String operator) {
        for (Redirection redirection : documents) {
            out.append(' ').append(redirection.descriptor() == 0 ? "" : redirection.descriptor()).append(operator(redirection));
        }
        out.append(operator);
        if (documents.isEmpty()) {
            return;
        }
        out.append('\n');
        for (Redirection redirection : documents) {
            out.append(redirection.text().source());
            if (redirection.document() instanceof HereDocument document) {
                out.append(document.delimiter()).append('\n');
            }
        }
        out.append(operator.isEmpty() ? "" : " ");
        documents.clear();
        documentPrinted = true;
    }

    private void separator() {
        boolean ends = documents.isEmpty() && !documentPrinted;
        flush("");
        documentPrinted = false;
        out.append(ends ? ";" : "").append(functions > 0 ? '\n' : ' ');
    }

    // ---- commands ----

    private void print(Command command, boolean indented) {
        if (indented && !(command instanceof Command.Sequence sequence && sequence.items().isEmpty())) {
            indent();
        }
        switch (command) {
            case Command.Simple simple -> simple(simple);
            case Command.Pipeline pipeline -> pipeline(pipeline);
            case Command.AndOr andOr -> {
                print(andOr.left(), false);
                flush(andOr.and() ? " && " : " || ");
                print(andOr.right(), false);
            }
            case Command.Sequence sequence -> sequence(sequence);
            case Command.Subshell subshell -> {
                out.append("( ");
                print(subshell.body(), false);
                flush("");
                out.append(" )");
            }
            case Command.Group group -> group(group);
            case Command.Redirected redirected -> {
                print(redirected.body(), false);
                redirections(redirected.redirections());
            }
            case Command.If branch -> branch(branch);
            case Command.While loop -> {
                out.append(loop.negated() ? "until " : "while ");
                head(loop.condition(), " do\n");
                body(loop.body());
                close("done");
            }
            case Command.For loop -> loop("for " + loop.name() + " in " + words(loop.words()) + ";", loop.body());
            case Command.Select menu -> loop("select " + menu.name() + " in " + words(menu.words()) + ";", menu.body());
            case Command.ArithmeticFor loop -> loop("for ((" + step(loop.start()) + "; " + step(loop.condition()) + "; "
                    + step(loop.step()) + "))", loop.body());
            case Command.Case choice -> choice(choice);
            case Command.Function function -> {
                out.append("function ").append(function.name()).append(" () \n");
                indent();
                functionBody(function.body());
            }
            case Command.Arithmetic arithmetic -> out.append("((").append(arithmetic.expression().source()).append("))");
            case Command.Conditional conditional -> out.append("[[ ").append(condition(conditional.condition())).append(" ]]");
        }
    }

    private void functionBody(Command body) {
        out.append("{ \n");
        functions++;
        boolean redirects = body instanceof Command.Redirected redirected && redirected.body() instanceof Command.Group;
        Command own = redirects ? ((Command.Redirected) body).body() : body;
        body(own instanceof Command.Group group ? group.body() : own);
        functions--;
        newline("}");
        if (redirects) {
            redirections(((Command.Redirected) body).redirections());
        }
    }

    private void simple(Command.Simple simple) {
        var words = new ArrayList<String>();
        simple.assignments().forEach(assignment -> words.add(assignment.source()));
        simple.words().forEach(word -> words.add(word.source()));
        out.append(String.join(" ", words));
        redirections(simple.redirections());
    }

    private void redirections(List<Redirection> redirections) {
        for (Redirection redirection : redirections) {
            if (redirection.document() != null) {
                documents.add(redirection);
                continue;
            }
            boolean first = out.isEmpty() || out.charAt(out.length() - 1) == ' ';
            out.append(first ? "" : " ").append(descriptor(redirection)).append(operator(redirection));
        }
    }

    /** The descriptor, where it is not the one that the operator means by itself – and always before {@code >&}. */
    private static String descriptor(Redirection redirection) {
        int own = switch (redirection.kind()) {
            case READ, READ_WRITE, TEXT -> 0;
            case WRITE, CLOBBER, APPEND -> 1;
            case DUPLICATE_INPUT, DUPLICATE_OUTPUT -> -1;
            case WRITE_BOTH, APPEND_BOTH -> redirection.descriptor();
        };
        return redirection.descriptor() == own ? "" : Integer.toString(redirection.descriptor());
    }

    private static String operator(Redirection redirection) {
        String word = redirection.target().source();
        return switch (redirection.kind()) {
            case READ -> "< " + word;
            case WRITE -> "> " + word;
            case CLOBBER -> ">| " + word;
            case APPEND -> ">> " + word;
            case READ_WRITE -> "<> " + word;
            case DUPLICATE_INPUT -> word.equals("-") ? ">&-" : "<&" + word;
            case DUPLICATE_OUTPUT -> ">&" + word;
            case WRITE_BOTH -> "&> " + word;
            case APPEND_BOTH -> "&>> " + word;
            case TEXT -> redirection.document() instanceof HereDocument document
                    ? (document.stripsTabs() ? "<<-" : "<<") + (document.isQuoted() ? "'" + document.delimiter() + "'" : document.delimiter())
                    : "<<< " + word;
        };
    }

    private void pipeline(Command.Pipeline pipeline) {
        out.append(switch (pipeline.timing()) {
            case NONE -> "";
            case BASH -> "time ";
            case POSIX -> "time -p ";
        });
        out.append(pipeline.negated() ? "! " : "");
        for (int i = 0; i < pipeline.elements().size(); i++) {
            if (i > 0) {
                flush(" |");
                out.append(' ');
            }
            print(pipeline.elements().get(i), false);
        }
    }

    private void sequence(Command.Sequence sequence) {
        for (int i = 0; i < sequence.items().size(); i++) {
            boolean background = i > 0 && sequence.items().get(i - 1).background();
            if (background) {
                out.append(' ');
            } else if (i > 0) {
                separator();
            }
            print(sequence.items().get(i).command(), i > 0 && !background && functions > 0);
            if (sequence.items().get(i).background()) {
                flush(" &");
            }
        }
    }

    private void group(Command.Group group) {
        out.append("{ ");
        if (functions == 0) {
            print(group.body(), false);
            flush("");
            semicolon();
            out.append(" }");
            return;
        }
        out.append('\n');
        body(group.body());
        newline("}");
    }

    /** What stands between a keyword and the body that it opens. */
    private void head(Command condition, String opens) {
        print(condition, false);
        flush("");
        semicolon();
        out.append(opens);
    }

    private void close(String keyword) {
        semicolon();
        newline(keyword);
    }

    private void loop(String head, Command body) {
        out.append(head);
        newline("do\n");
        body(body);
        close("done");
    }

    private void branch(Command.If branch) {
        out.append("if ");
        head(branch.condition(), " then\n");
        body(branch.then());
        if (branch.otherwise() != null) {
            semicolon();
            newline("else\n");
            body(branch.otherwise());
        }
        close("fi");
    }

    private void choice(Command.Case choice) {
        out.append("case ").append(choice.subject().source()).append(" in ");
        indentation += step;
        for (Command.CaseItem item : choice.items()) {
            newline(String.join(" | ", item.patterns().stream().map(Word::source).toList()) + ")\n");
            body(item.body());
            newline(item.ending());
        }
        indentation -= step;
        newline("esac");
    }

    private static String words(@Nullable List<Word> words) {
        return words == null ? "\"$@\"" : String.join(" ", words.stream().map(Word::source).toList());
    }

    /** Where {@code for ((;;))} has no expression it is 1. */
    private static String step(Word expression) {
        String text = expression.source().strip();
        return text.isEmpty() ? "1" : text;
    }

    private static String condition(Command.Condition condition) {
        return switch (condition) {
            case Command.Condition.Grouped grouped -> "( " + condition(grouped.condition()) + " )";
            case Command.Condition.Not not -> "! " + condition(not.condition());
            case Command.Condition.Both both -> condition(both.left()) + " && " + condition(both.right());
            case Command.Condition.Either either -> condition(either.left()) + " || " + condition(either.right());
            case Command.Condition.Unary unary -> unary.operator() + " " + unary.operand().source();
            case Command.Condition.Binary binary -> binary.left().source() + " " + binary.operator() + " " + binary.right().source();
        };
    }
}
