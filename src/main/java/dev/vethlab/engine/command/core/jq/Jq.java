package dev.vethlab.engine.command.core.jq;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.sim.CalendarTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code jq} 1.8. Exit status: 2 misuse, 3 no program, 5 a filter or an input failed; with {@code -e} 1 and 4 by the last result. */
public final class Jq {
    /** What stdio holds back when the output is no terminal. */
    private static final int BUFFER = 4096;

    private static final int MISUSE = 2;
    private static final int NO_PROGRAM = 3;
    private static final int NO_RESULT = 4;
    private static final int FAILED = 5;

    private final EmulatedProcess self;
    private final JqOptions options;
    private final JqInputs inputs;
    private final JsonWriter writer;
    private final StringBuilder pending = new StringBuilder();
    private @Nullable Json last;
    private boolean failed;

    private Jq(EmulatedProcess self, JqOptions options) {
        this.self = self;
        this.options = options;
        this.inputs = new JqInputs(self, options);
        this.writer = new JsonWriter(options.indent, options.sorted, options.ascii, options.colours);
    }

    public static int main(EmulatedProcess self) {
        List<String> argv = self.arguments();
        try {
            JqOptions options = JqOptions.parse(argv.subList(1, argv.size()), name -> read(self, name));
            if (options.unsupported != null) {
                return Unsupported.answer(self, options.unsupported);
            }
            if (options.version) {
                self.println("jq-1.8.2");
                return 0;
            }
            if (options.help) {
                self.print(JqUsage.TEXT);
                return 0;
            }
            return new Jq(self, options).run();
        } catch (JqOptions.Refused e) {
            self.error("jq: " + e.getMessage());
            return MISUSE;
        } catch (CompileError e) {
            self.error(Objects.requireNonNull(e.getMessage()));
            return NO_PROGRAM;
        }
    }

    private static String read(EmulatedProcess self, String name) throws JqOptions.Refused {
        try {
            return JqInputs.readAll(self, name);
        } catch (KernelException e) {
            throw new JqOptions.Refused("error: Could not open " + name + ": " + e.errno().message());
        }
    }

    private int run() throws CompileError, JqOptions.Refused {
        String program = Objects.requireNonNullElse(options.program, ".");
        if (options.fromFile) {
            program = read(self, program);
        }
        Map<String, Json> named = new LinkedHashMap<>(options.named);
        named.put("ENV", environment());
        named.put("ARGS", Json.object("positional", new Json.Arr(options.positional), "named", new Json.Obj(options.named)));
        Filter filter = Builtins.withPrelude(JqParser.parse(program, List.copyOf(named.keySet()), Builtins::has));
        Evaluator.Scope scope = null;
        for (var entry : named.entrySet()) {
            scope = new Evaluator.Scope(scope, "$" + entry.getKey(), entry.getValue());
        }
        int status = forEachInput(filter, scope);
        flush();
        if (status >= 0) {
            return status;
        }
        if (failed || inputs.failed()) {
            return failed ? FAILED : MISUSE;
        }
        return !options.exitByOutput ? 0 : last == null ? NO_RESULT : last.isTrue() ? 0 : 1;
    }

    /** The status to end with at once, or -1. */
    private int forEachInput(Filter filter, Evaluator.@Nullable Scope scope) {
        try {
            if (options.nullInput) {
                one(filter, scope, Json.NULL);
                return -1;
            }
            for (Json value = inputs.next(); value != null; value = inputs.next()) {
                one(filter, scope, value);
            }
            return -1;
        } catch (JsonReader.Malformed e) {
            self.error("jq: parse error: " + e.getMessage());
            return FAILED;
        } catch (JqException.Halt e) {
            self.descriptor(2).report(self, e.text());
            return e.status();
        } catch (JqException.TooMuch e) {
            return Unsupported.answer(self, "jq: this filter does more than it may here");
        }
    }

    private void one(Filter filter, Evaluator.@Nullable Scope scope, Json value) throws JsonReader.Malformed {
        var evaluator = new Evaluator(new Around());
        try {
            evaluator.run(filter, scope, value, (path, result) -> print(result));
        } catch (JqException e) {
            failed = true;
            String place = inputs.place();
            self.error("jq: error (at " + place + ")" + (e.value() instanceof Json.Str s
                    ? ": " + s.text()
                    : " (not a string): " + JsonWriter.compact(e.value())));
        } catch (BadInput e) {
            throw e.inner;
        }
    }

    private void print(Json result) {
        last = result;
        String text = options.raw && result instanceof Json.Str s ? s.text() : writer.text(result);
        pending.append(text).append(options.join ? "" : "\n");
        if (pending.length() >= BUFFER || self.descriptor(1).isTerminal()) {
            flush();
        }
    }

    private void flush() {
        self.print(pending.toString());
        pending.setLength(0);
    }

    private Json environment() {
        Map<String, Json> variables = new LinkedHashMap<>();
        self.context().environment().forEach((name, value) -> variables.put(name, Json.of(value)));
        return new Json.Obj(variables);
    }

    /** {@code input} met what is no JSON. */
    private static final class BadInput extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final JsonReader.Malformed inner;

        BadInput(JsonReader.Malformed inner) {
            super("", null, false, false);
            this.inner = inner;
        }
    }

    private final class Around implements Evaluator.Surroundings {
        @Override
        public @Nullable Json input() {
            try {
                return inputs.next();
            } catch (JsonReader.Malformed e) {
                throw new BadInput(e);
            }
        }

        @Override
        public double now() {
            return CalendarTime.seconds(self.now()) + CalendarTime.nanos(self.now()) / 1e9;
        }

        @Override
        public Json environment() {
            return Jq.this.environment();
        }

        @Override
        public void debug(Json message) {
            self.error(JsonWriter.compact(message));
        }

        @Override
        public Json fileName() {
            return inputs.fileName();
        }

        @Override
        public int line() {
            return inputs.line();
        }
    }
}
