package dev.vethlab.engine.command.core.awk;

import com.google.re2j.Pattern;
import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.shell.syntax.Escapes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Walks a program's tree: {@code BEGIN}, every record of the input, {@code END}. */
final class AwkInterpreter {
    private static final int MAX_CALLS = 100;
    private static final int STEPS_PER_MILLISECOND = 2_000;

    private final EmulatedProcess self;
    private final List<Statement.Item> items;
    private final Map<String, Statement.Function> functions;
    private final AwkVariables variables = new AwkVariables();
    private final AwkRecord record;
    private final AwkStreams streams;
    private final AwkFunctions builtins;
    private final ArrayDeque<String> operands;
    private final boolean[] inRange;
    private @Nullable LineReader input;
    private boolean readAny;
    /** What is left of a file whose records end where a regular expression matches. */
    private String unread = "";
    private int steps;
    private int exitStatus;

    /** What leaves the ordinary course: {@code next}, {@code exit}, {@code break}, {@code continue}, {@code return}. */
    private static final class Jump extends RuntimeException {
        private static final long serialVersionUID = 1;
        final String kind;
        final transient Value value;

        Jump(String kind, Value value) {
            super(null, null, false, false);
            this.kind = kind;
            this.value = value;
        }
    }

    AwkInterpreter(EmulatedProcess self, List<Statement.Item> items, Map<String, Statement.Function> functions, List<String> operands) {
        this.self = self;
        this.items = items;
        this.functions = functions;
        this.record = new AwkRecord(self, variables);
        this.streams = new AwkStreams(self);
        this.builtins = new AwkFunctions(this, self);
        this.operands = new ArrayDeque<>(operands);
        this.inRange = new boolean[items.size()];
        variables.setElement("ARGV", "0", Value.of("awk"));
        for (int i = 0; i < operands.size(); i++) {
            variables.setElement("ARGV", Integer.toString(i + 1), Value.input(operands.get(i)));
        }
        variables.set("ARGC", Value.of(operands.size() + 1.0));
        self.context().environment().forEach((name, value) -> variables.setElement("ENVIRON", name, Value.input(value)));
    }

    AwkVariables variables() {
        return variables;
    }

    AwkRecord record() {
        return record;
    }

    AwkStreams streams() {
        return streams;
    }

    int run() {
        try {
            items.stream().filter(item -> item.special().equals("BEGIN")).forEach(item -> perform(item.action()));
        } catch (Jump exit) {
            return finish();
        }
        try {
            boolean reads = items.stream().anyMatch(item -> !item.special().equals("BEGIN"));
            while (reads) {
                String line = nextRecord();
                if (line == null) {
                    break;
                }
                record.set(line);
                runItems();
            }
        } catch (Jump exit) {
            // exit ends the reading; END is still run
        }
        return finish();
    }

    private int finish() {
        try {
            items.stream().filter(item -> item.special().equals("END")).forEach(item -> perform(item.action()));
        } catch (Jump jump) {
            // exit within END
        }
        streams.closeAll();
        return exitStatus;
    }

    private void runItems() {
        for (int i = 0; i < items.size(); i++) {
            Statement.Item item = items.get(i);
            if (item.special().isEmpty() && selected(i, item)) {
                try {
                    if (item.action() == null) {
                        self.print(record.text() + variables.text("ORS"));
                    } else {
                        perform(item.action());
                    }
                } catch (Jump jump) {
                    if (jump.kind.equals("nextfile")) {
                        leaveFile();
                        return;
                    }
                    if (jump.kind.equals("next")) {
                        return;
                    }
                    throw jump;
                }
            }
        }
    }

    private boolean selected(int index, Statement.Item item) {
        Expression pattern = item.pattern();
        if (pattern == null) {
            return true;
        }
        Expression end = item.end();
        if (end == null) {
            return evaluate(pattern).isTrue();
        }
        if (!inRange[index] && !evaluate(pattern).isTrue()) {
            return false;
        }
        inRange[index] = !evaluate(end).isTrue();
        return true;
    }

    // ---- input ----

    /** The next record of the main input; null at its end. Assignments among the operands are made when they are reached. */
    private @Nullable String nextRecord() {
        while (true) {
            LineReader reader = input;
            if (reader == null) {
                reader = nextFile();
                if (reader == null) {
                    return null;
                }
                input = reader;
            }
            String line = read(reader);
            if (line != null) {
                variables.set("NR", Value.of(variables.get("NR").toNumber() + 1));
                variables.set("FNR", Value.of(variables.get("FNR").toNumber() + 1));
                return line;
            }
            leaveFile();
        }
    }

    private void leaveFile() {
        if (input != null) {
            input.close();
            input = null;
            unread = "";
        }
    }

    private @Nullable String read(LineReader reader) {
        String separator = variables.text("RS");
        if (separator.length() > 1) {
            return untilMatch(reader, record.pattern(separator));
        }
        if (!separator.isEmpty()) {
            return reader.next();
        }
        // RS="": records are separated by empty lines
        String line = reader.next();
        while (line != null && line.isEmpty()) {
            line = reader.next();
        }
        if (line == null) {
            return null;
        }
        var text = new StringBuilder(line);
        for (line = reader.next(); line != null && !line.isEmpty(); line = reader.next()) {
            text.append('\n').append(line);
        }
        return text.toString();
    }

    /** The text before what separates records; the file is read to its end at once. */
    private @Nullable String untilMatch(LineReader reader, Pattern separator) {
        unread += reader.rest().text();
        if (unread.isEmpty()) {
            return null;
        }
        var matcher = separator.matcher(unread);
        boolean found = matcher.find() && matcher.end() > matcher.start();
        String text = found ? unread.substring(0, matcher.start()) : unread;
        unread = found ? unread.substring(matcher.end()) : "";
        return text;
    }

    private @Nullable LineReader nextFile() {
        while (true) {
            String operand = operands.poll();
            if (operand == null) {
                if (readAny) {
                    return null;
                }
                operand = "-";
            }
            if (operand.matches("[A-Za-z_][A-Za-z0-9_]*=.*")) {
                int equals = operand.indexOf('=');
                variables.set(operand.substring(0, equals), Value.input(Escapes.ansi(operand.substring(equals + 1))));
                continue;
            }
            readAny = true;
            try {
                String separator = variables.text("RS");
                LineReader reader = LineReader.open(self, operand, separator.length() == 1 ? separator.charAt(0) : '\n');
                variables.set("FILENAME", Value.of(operand));
                variables.set("FNR", Value.of(0));
                return reader;
            } catch (KernelException e) {
                self.error("awk: cannot open \"" + operand + "\" (" + e.errno().message() + ")");
                exitStatus = 2;
            }
        }
    }

    // ---- statements ----

    private void perform(@Nullable Statement statement) {
        if (statement == null) {
            return;
        }
        if (++steps % STEPS_PER_MILLISECOND == 0) {
            self.spend(1_000_000);
        }
        switch (statement) {
            case Statement.Block block -> block.statements().forEach(this::perform);
            case Statement.Evaluate evaluation -> evaluate(evaluation.expression());
            case Statement.Print print -> print(print);
            case Statement.If branch -> perform(evaluate(branch.condition()).isTrue() ? branch.then() : branch.otherwise());
            case Statement.While loop -> {
                boolean goesOn = loop.bodyFirst() || evaluate(loop.condition()).isTrue();
                while (goesOn && turn(loop.body())) {
                    goesOn = evaluate(loop.condition()).isTrue();
                }
            }
            case Statement.For loop -> {
                perform(loop.start());
                while ((loop.condition() == null || evaluate(loop.condition()).isTrue()) && turn(loop.body())) {
                    perform(loop.step());
                }
            }
            case Statement.ForIn loop -> {
                for (String key : AwkVariables.keys(variables.array(loop.array()))) {
                    variables.set(loop.variable(), Value.input(key));
                    if (!turn(loop.body())) {
                        break;
                    }
                }
            }
            case Statement.Delete delete -> {
                if (delete.subscripts().isEmpty()) {
                    variables.clear(delete.array());
                } else {
                    variables.remove(delete.array(), key(delete.subscripts()));
                }
            }
            case Statement.Jump jump -> {
                Value value = jump.value() == null ? Value.NOTHING : evaluate(jump.value());
                if (jump.kind().equals("exit")) {
                    exitStatus = jump.value() == null ? exitStatus : (int) value.toNumber() & 0xFF;
                }
                throw new Jump(jump.kind(), value);
            }
        }
    }

    /** Runs a loop's body once; false after {@code break}. */
    private boolean turn(Statement body) {
        try {
            perform(body);
            return true;
        } catch (Jump jump) {
            if (jump.kind.equals("break")) {
                return false;
            }
            if (jump.kind.equals("continue")) {
                return true;
            }
            throw jump;
        }
    }

    private void print(Statement.Print print) {
        String text;
        if (print.formatted()) {
            List<Value> values = print.values().stream().map(this::evaluate).toList();
            text = values.isEmpty() ? "" : format("printf", text(values.getFirst()), values.subList(1, values.size()));
        } else if (print.values().isEmpty()) {
            text = record.text() + variables.text("ORS");
        } else {
            String format = variables.text("OFMT");
            text = String.join(variables.text("OFS"), print.values().stream().map(value -> evaluate(value).printed(format)).toList())
                    + variables.text("ORS");
        }
        if (print.file() == null) {
            self.print(text);
        } else {
            streams.write(print.redirection(), text(evaluate(print.file())), text);
        }
    }

    // ---- expressions ----

    String text(Value value) {
        return value.toText(variables.text("CONVFMT"));
    }

    private String key(List<Expression> subscripts) {
        return String.join(variables.text("SUBSEP"), subscripts.stream().map(each -> text(evaluate(each))).toList());
    }

    /** What a pattern operand means: a regular expression as it stands, or the text of a value. */
    Pattern pattern(Expression expression) {
        return expression instanceof Expression.Regexp regexp ? regexp.pattern() : record.pattern(text(evaluate(expression)));
    }

    Value evaluate(Expression expression) {
        return switch (expression) {
            case Expression.Constant constant -> constant.value();
            case Expression.Regexp regexp -> Value.of(regexp.pattern().matcher(record.text()).find());
            case Expression.Variable variable -> variable.name().equals("NF") ? Value.of(record.count()) : variables.get(variable.name());
            case Expression.Field field -> record.field(fieldNumber(field));
            case Expression.Element element -> {
                String key = key(element.subscripts());
                Value value = variables.array(element.array()).get(key);
                if (value == null) {
                    store(element, Value.NOTHING);
                    value = Value.NOTHING;
                }
                yield value;
            }
            case Expression.In in -> Value.of(variables.array(in.array()).containsKey(key(in.subscripts())));
            case Expression.Assign assign -> {
                Value right = evaluate(assign.value());
                yield store(assign.target(), assign.operator().isEmpty() ? right
                        : Value.of(arithmetic(assign.operator(), evaluate(assign.target()).toNumber(), right.toNumber())));
            }
            case Expression.Increment increment -> {
                double before = evaluate(increment.target()).toNumber();
                store(increment.target(), Value.of(before + increment.by()));
                yield Value.of(increment.prefix() ? before + increment.by() : before);
            }
            case Expression.Unary unary -> {
                Value value = evaluate(unary.operand());
                yield switch (unary.operator()) {
                    case '!' -> Value.of(!value.isTrue());
                    case '-' -> Value.of(-value.toNumber());
                    default -> Value.of(value.toNumber());
                };
            }
            case Expression.Binary binary -> binary(binary);
            case Expression.Conditional conditional ->
                    evaluate(evaluate(conditional.condition()).isTrue() ? conditional.yes() : conditional.no());
            case Expression.Call call -> call(call);
            case Expression.Getline getline -> getline(getline);
            case Expression.Grouping grouping -> grouping.expressions().size() == 1
                    ? evaluate(grouping.expressions().getFirst()) : Value.of(key(grouping.expressions()));
        };
    }

    private int fieldNumber(Expression.Field field) {
        double number = evaluate(field.number()).toNumber();
        if (number < 0 || number > 1e6) {
            self.error("awk: attempt to access field " + (long) number);
            self.exit(2);
        }
        return (int) number;
    }

    Value store(Expression target, Value value) {
        switch (target) {
            case Expression.Variable variable -> {
                if (variable.name().equals("NF")) {
                    record.setCount((int) value.toNumber());
                } else {
                    variables.set(variable.name(), value);
                }
            }
            case Expression.Field field -> record.setField(fieldNumber(field), text(value));
            case Expression.Element element -> {
                if (!variables.setElement(element.array(), key(element.subscripts()), value)) {
                    self.error("vethlab: awk: too many array elements");
                    self.exit(2);
                }
            }
            case Expression.Grouping grouping -> store(grouping.expressions().getFirst(), value);
            default -> {
                self.error("awk: cannot assign to an expression");
                self.exit(2);
            }
        }
        return value;
    }

    private double arithmetic(String operator, double left, double right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            case "%" -> left % right;
            case "^" -> StrictMath.pow(left, right);
            default -> throw new IllegalStateException(operator);
        };
    }

    /** {@code sprintf}. */
    String format(String function, String format, List<Value> values) {
        try {
            return bounded(Formatting.format(format, values, variables.text("CONVFMT")));
        } catch (Formatting.Mistake e) {
            self.error("awk: run time error: " + e.getMessage() + " " + function + "(\"" + format + "\")\n\tFILENAME=\""
                    + variables.text("FILENAME") + "\" FNR=" + variables.text("FNR") + " NR=" + variables.text("NR"));
            self.exit(2);
            return "";
        }
    }

    /** A text that has grown; ends the program if it is too long. */
    <T extends CharSequence> T bounded(T text) {
        if (text.length() > Formatting.MAX_TEXT) {
            self.error("vethlab: awk: a text has " + Formatting.MAX_TEXT + " characters at most");
            self.exit(2);
        }
        return text;
    }

    private Value binary(Expression.Binary binary) {
        switch (binary.operator()) {
            case "&&" -> {
                return Value.of(evaluate(binary.left()).isTrue() && evaluate(binary.right()).isTrue());
            }
            case "||" -> {
                return Value.of(evaluate(binary.left()).isTrue() || evaluate(binary.right()).isTrue());
            }
            case "~", "!~" -> {
                boolean found = pattern(binary.right()).matcher(text(evaluate(binary.left()))).find();
                return Value.of(found == binary.operator().equals("~"));
            }
            case "" -> {
                return Value.of(bounded(text(evaluate(binary.left())) + text(evaluate(binary.right()))));
            }
            case "<", "<=", "==", "!=", ">", ">=" -> {
                return Value.of(compare(binary.operator(), evaluate(binary.left()), evaluate(binary.right())));
            }
            default -> {
                return Value.of(arithmetic(binary.operator(), evaluate(binary.left()).toNumber(), evaluate(binary.right()).toNumber()));
            }
        }
    }

    private boolean compare(String operator, Value left, Value right) {
        int order = left.comparesAsNumber() && right.comparesAsNumber()
                ? Double.compare(left.toNumber() + 0.0, right.toNumber() + 0.0) : text(left).compareTo(text(right));
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private Value getline(Expression.Getline getline) {
        String line;
        if (getline.source() == null) {
            line = nextRecord();
        } else {
            LineReader reader = streams.reader(text(evaluate(getline.source())), getline.command());
            if (reader == null) {
                return Value.of(-1);
            }
            line = reader.next();
            if (line != null && getline.command()) {
                variables.set("NR", Value.of(variables.get("NR").toNumber() + 1));
            }
        }
        if (line == null) {
            return Value.of(0);
        }
        if (getline.target() == null) {
            record.set(line);
        } else {
            store(getline.target(), Value.input(line));
        }
        return Value.of(1);
    }

    private Value call(Expression.Call call) {
        Statement.Function function = functions.get(call.name());
        if (function == null) {
            return builtins.call(call);
        }
        if (variables.depth() >= MAX_CALLS) {
            self.error("vethlab: awk functions may call each other " + MAX_CALLS + " levels deep");
            self.exit(2);
        }
        var scalars = new TreeMap<String, Value>();
        var arrays = new TreeMap<String, Map<String, Value>>();
        for (int i = 0; i < Math.min(call.arguments().size(), function.parameters().size()); i++) {
            String parameter = function.parameters().get(i);
            Expression argument = call.arguments().get(i);
            boolean fresh = argument instanceof Expression.Variable v && !v.name().equals("NF") && variables.get(v.name()) == Value.NOTHING;
            if (argument instanceof Expression.Variable variable && (variables.isArray(variable.name()) || fresh)) {
                arrays.put(parameter, variables.array(variable.name()));
            } else {
                scalars.put(parameter, evaluate(argument));
            }
        }
        variables.enter(new AwkVariables.Frame(scalars, arrays, function.parameters()));
        try {
            perform(function.body());
            return Value.NOTHING;
        } catch (Jump jump) {
            if (jump.kind.equals("return")) {
                return Objects.requireNonNull(jump.value);
            }
            throw jump;
        } finally {
            variables.leave();
        }
    }

    /** The subscripts of an element, for functions that need an array's name. */
    List<String> splitInto(String array, List<String> parts) {
        variables.clear(array);
        var kept = new ArrayList<String>();
        for (int i = 0; i < parts.size(); i++) {
            variables.setElement(array, Integer.toString(i + 1), Value.input(parts.get(i)));
            kept.add(parts.get(i));
        }
        return kept;
    }
}
