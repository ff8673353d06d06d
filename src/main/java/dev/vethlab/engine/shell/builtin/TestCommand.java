package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.process.file.Permission;
import dev.vethlab.engine.shell.ShellState.Dialect;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** {@code test} and {@code [} (XCU test): up to four arguments by their number, more by precedence. */
public final class TestCommand {
    private static final Set<String> BINARY =
            new TreeSet<>(List.of("=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"));
    private static final Set<String> UNARY = new TreeSet<>(List.of(
            "-a", "-b", "-c", "-d", "-e", "-f", "-g", "-h", "-k", "-L", "-n", "-N", "-o", "-O", "-G", "-p", "-r", "-s", "-S", "-t", "-u",
                    "-w",
            "-x", "-z"));

    private final EmulatedProcess self;
    private final Dialect dialect;
    private final List<String> words;
    private int position;

    private static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message, null, false, false);
        }
    }

    private TestCommand(EmulatedProcess self, Dialect dialect, List<String> words) {
        this.self = self;
        this.dialect = dialect;
        this.words = words;
    }

    /** Runs {@code words}, the command's name included, as coreutils and bash do; {@code complain} takes what is wrong. */
    public static int run(EmulatedProcess self, List<String> words, Consumer<String> complain) {
        return run(self, Dialect.BASH, words, complain);
    }

    /** The same, as this shell does: dash does not know {@code ==}, and both of Almquist's say which word they did not expect. */
    static int run(EmulatedProcess self, Dialect dialect, List<String> words, Consumer<String> complain) {
        String name = words.getFirst();
        List<String> arguments = words.subList(1, words.size());
        if (name.equals("[")) {
            if (arguments.isEmpty() || !arguments.getLast().equals("]")) {
                complain.accept("[: missing `]'");
                return 2;
            }
            arguments = arguments.subList(0, arguments.size() - 1);
        }
        var test = new TestCommand(self, dialect, arguments);
        try {
            return test.evaluate() ? 0 : 1;
        } catch (Mistake e) {
            complain.accept(name + ": " + (dialect == Dialect.BASH ? e.getMessage() : test.inAlmquist(e)));
            return 2;
        }
    }

    /** What is left over is called an operator, and named with the word before it. */
    private String inAlmquist(Mistake mistake) {
        String message = String.valueOf(mistake.getMessage());
        if (words.size() == 2 && isBinary(words.get(1))) {
            return words.get(1) + ": argument expected";
        }
        if (message.endsWith("operator expected") && words.size() > 1) {
            return words.get(0) + " " + words.get(1) + ": unexpected operator";
        }
        return message.equals("too many arguments") && words.size() > 3
                ? words.get(position - 1) + " " + words.get(position) + ": unexpected operator" : message;
    }

    private boolean isBinary(String word) {
        return BINARY.contains(word) && !(dialect == Dialect.DASH && word.equals("=="));
    }

    private boolean evaluate() throws Mistake {
        switch (words.size()) {
            case 0 -> {
                return false;
            }
            case 1 -> {
                return !words.getFirst().isEmpty();
            }
            case 2 -> {
                if (words.getFirst().equals("!")) {
                    return words.get(1).isEmpty();
                }
                if (!UNARY.contains(words.getFirst())) {
                    throw new Mistake(words.getFirst() + ": unary operator expected");
                }
                return unary(self, words.getFirst(), words.get(1));
            }
            case 3 -> {
                if (isBinary(words.get(1))) {
                    return binary(words.get(0), words.get(1), words.get(2));
                }
                if (words.getFirst().equals("!")) {
                    return !new TestCommand(self, dialect, words.subList(1, 3)).evaluate();
                }
                if (!words.get(1).equals("-a") && !words.get(1).equals("-o") && !words.get(0).equals("(")) {
                    throw new Mistake(words.get(1) + ": binary operator expected");
                }
            }
            default -> {}
        }
        boolean value = or();
        if (position < words.size()) {
            throw new Mistake("too many arguments");
        }
        return value;
    }

    private String next() throws Mistake {
        if (position >= words.size()) {
            throw new Mistake("argument expected");
        }
        return words.get(position++);
    }

    private boolean at(String word) {
        return position < words.size() && words.get(position).equals(word);
    }

    private boolean or() throws Mistake {
        boolean value = and();
        while (at("-o")) {
            position++;
            value |= and();
        }
        return value;
    }

    private boolean and() throws Mistake {
        boolean value = term();
        while (at("-a")) {
            position++;
            value &= term();
        }
        return value;
    }

    private boolean term() throws Mistake {
        boolean negated = false;
        while (at("!")) {
            position++;
            negated = !negated;
        }
        return negated != plainTerm();
    }

    private boolean plainTerm() throws Mistake {
        String word = next();
        if (word.equals("(")) {
            boolean value = or();
            if (!at(")")) {
                throw new Mistake("`)' expected");
            }
            position++;
            return value;
        }
        if (position < words.size() && isBinary(words.get(position))) {
            String operator = next();
            return binary(word, operator, next());
        }
        if (UNARY.contains(word) && position < words.size()) {
            return unary(self, word, next());
        }
        return !word.isEmpty();
    }

    private boolean binary(String left, String operator, String right) throws Mistake {
        return switch (operator) {
            case "=", "==" -> left.equals(right);
            case "!=" -> !left.equals(right);
            case "<" -> left.compareTo(right) < 0;
            case ">" -> left.compareTo(right) > 0;
            case "-nt", "-ot", "-ef" -> files(self, left, operator, right);
            default -> compare(number(left), operator, number(right));
        };
    }

    private static long number(String text) throws Mistake {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new Mistake(text + ": integer expected");
        }
    }

    /** {@code -eq} and its like. */
    public static boolean compare(long left, String operator, long right) {
        return switch (operator) {
            case "-eq" -> left == right;
            case "-ne" -> left != right;
            case "-lt" -> left < right;
            case "-le" -> left <= right;
            case "-gt" -> left > right;
            case "-ge" -> left >= right;
            default -> throw new IllegalArgumentException(operator);
        };
    }

    /** The tests of one operand: of a text, a descriptor or a file. */
    public static boolean unary(EmulatedProcess self, String operator, String operand) {
        FileSystem files = self.context().files();
        try {
            return switch (operator) {
                case "-z" -> operand.isEmpty();
                case "-n" -> !operand.isEmpty();
                case "-t" -> operand.matches("\\d{1,3}") && self.descriptor(Integer.parseInt(operand)).isTerminal();
                case "-h", "-L" -> files.linkStat(self, operand).type() == 'l';
                case "-o" -> false;
                default -> {
                    Node node = files.stat(self, operand);
                    yield switch (operator) {
                        case "-d" -> node.isDirectory();
                        case "-f" -> node.type() == '-';
                        case "-c" -> node.type() == 'c';
                        case "-S" -> node.type() == 's';
                        case "-b", "-p" -> false;
                        case "-u" -> (node.mode() & 04000) != 0;
                        case "-g" -> (node.mode() & 02000) != 0;
                        case "-k" -> (node.mode() & 01000) != 0;
                        case "-O" -> node.uid() == self.context().user().uid();
                        case "-G" -> node.gid() == self.context().user().gid();
                        case "-r" -> files.may(self, operand, Permission.READ);
                        case "-w" -> files.may(self, operand, Permission.WRITE);
                        case "-s" -> node.size() > 0;
                        case "-x" -> files.may(self, operand, Permission.EXECUTE);
                        default -> true;
                    };
                }
            };
        } catch (KernelException e) {
            return false;
        }
    }

    /** {@code -nt}, {@code -ot}, {@code -ef}. */
    public static boolean files(EmulatedProcess self, String left, String operator, String right) {
        FileSystem files = self.context().files();
        boolean first = files.exists(self, left);
        boolean second = files.exists(self, right);
        if (!first || !second) {
            return operator.equals("-nt") && first || operator.equals("-ot") && second;
        }
        try {
            Node a = files.stat(self, left);
            Node b = files.stat(self, right);
            return switch (operator) {
                case "-nt" -> a.modified() > b.modified();
                case "-ot" -> a.modified() < b.modified();
                default -> a == b;
            };
        } catch (KernelException e) {
            return false;
        }
    }
}
