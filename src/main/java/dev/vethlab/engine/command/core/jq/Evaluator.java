package dev.vethlab.engine.command.core.jq;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a filter. Each result is handed to a sink as it is found, with its path if paths are asked for, so that nothing is kept that
 * is not needed. Steps and nesting are bounded: what goes on for ever ends with {@link JqException.TooMuch}.
 */
final class Evaluator {
    private static final int MAX_STEPS = 1_000_000;
    private static final int MAX_DEPTH = 500;

    /** Takes one result; {@code path} is null unless paths are asked for. */
    @FunctionalInterface
    interface Sink {
        void accept(@Nullable Path path, Json value);
    }

    /** What is known by name: {@code $x}, {@code f/1}, {@code *label}; the latest first. */
    record Scope(@Nullable Scope outer, String name, Object meaning) {
        private static @Nullable Object find(@Nullable Scope scope, String name) {
            for (Scope at = scope; at != null; at = at.outer) {
                if (at.name.equals(name)) {
                    return at.meaning;
                }
            }
            return null;
        }
    }

    /** A filter given as an argument, with the names that it may use. */
    private record Closure(Filter body, @Nullable Scope scope) {}

    /** A function; it knows itself. */
    private record Function(Filter.Define definition, @Nullable Scope scope) {}

    /** What the filter can ask of the program around it. */
    interface Surroundings {
        /** The next input; null at the end. */
        @Nullable Json input();

        /** Seconds since the epoch. */
        double now();

        Json environment();

        void debug(Json message);

        /** The name of the file being read, or null. */
        Json fileName();

        int line();
    }

    private final Surroundings surroundings;
    private int steps;
    private int depth;

    Evaluator(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void run(Filter filter, @Nullable Scope scope, Json input, Sink sink) {
        eval(filter, scope, null, input, sink);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** Counts {@code n} steps. */
    void tick(int n) {
        steps += n;
        if (steps > MAX_STEPS || steps < 0) {
            throw new JqException.TooMuch();
        }
    }

    void eval(Filter filter, @Nullable Scope scope, @Nullable Path path, Json in, Sink out) {
        tick(1);
        if (++depth > MAX_DEPTH) {
            throw new JqException.TooMuch();
        }
        try {
            evalOne(filter, scope, path, in, out);
        } finally {
            depth--;
        }
    }

    private void evalOne(Filter filter, @Nullable Scope scope, @Nullable Path path, Json in, Sink out) {
        switch (filter) {
            case Filter.Identity i -> out.accept(path, in);
            case Filter.Recurse r -> recurse(path, in, out);
            case Filter.Literal l -> made(path, l.value(), out);
            case Filter.Interpolated i -> interpolate(i, 0, "", scope, in, text -> made(path, Json.of(text), out));
            case Filter.Format f -> made(path, Json.of(Formats.apply(f.name(), in)), out);
            case Filter.Index i ->
                eval(i.key(), scope, null, in, (p, key) -> eval(i.target(), scope, path, in, (at, target) -> {
                    Path inner = Path.into(at, key, target);
                    out.accept(inner, Path.get(target, key));
                }));
            case Filter.Slice s -> slice(s, scope, path, in, out);
            case Filter.Iterate i -> eval(i.target(), scope, path, in, (at, target) -> iterate(at, target, out));
            case Filter.Array a -> made(path, a.content() == null ? Json.of(List.of()) : collect(a.content(), scope, in), out);
            case Filter.ObjectOf o -> object(o.entries(), 0, new LinkedHashMap<>(), scope, in, value -> made(path, value, out));
            case Filter.Negate n -> eval(n.operand(), scope, null, in, (p, value) -> {
                if (!(value instanceof Json.Num number)) {
                    throw new JqException(value.described() + " cannot be negated");
                }
                made(path, negated(number), out);
            });
            case Filter.Pipe p -> eval(p.first(), scope, path, in, (at, value) -> eval(p.second(), scope, at, value, out));
            case Filter.Comma c -> {
                eval(c.first(), scope, path, in, out);
                eval(c.second(), scope, path, in, out);
            }
            case Filter.Binary b -> eval(b.right(), scope, null, in, (p, right) -> eval(b.left(), scope, null, in, (q, left) -> {
                Json result = Operators.apply(b.operator(), left, right);
                tick(size(result) / 8);
                made(path, result, out);
            }));
            case Filter.Logical l -> eval(l.left(), scope, null, in, (p, left) -> {
                if (left.isTrue() != l.and()) {
                    made(path, Json.of(!l.and()), out);
                } else {
                    eval(l.right(), scope, null, in, (q, right) -> made(path, Json.of(right.isTrue()), out));
                }
            });
            case Filter.Alternative a -> alternative(a, scope, path, in, out);
            case Filter.Assign a -> assign(a, scope, in, value -> made(path, value, out));
            case Filter.If i -> eval(i.condition(), scope, null, in, (p, value) ->
                eval(value.isTrue() ? i.then() : i.otherwise(), scope, path, in, out));
            case Filter.Try t -> attempt(t, scope, path, in, out);
            case Filter.Reduce r -> reduce(r, scope, path, in, out);
            case Filter.Foreach f -> foreach(f, scope, path, in, out);
            case Filter.Bind b -> eval(b.source(), scope, null, in, (p, value) ->
                bind(b.pattern(), value, scope, in, bound -> eval(b.body(), bound, path, in, out)));
            case Filter.Variable v -> made(path, variable(v.name(), scope), out);
            case Filter.Label l -> label(l, scope, path, in, out);
            case Filter.Break b -> throw new JqException.Leave(Objects.requireNonNull(Scope.find(scope, "*" + b.name())));
            case Filter.Define d ->
                eval(d.rest(), new Scope(scope, d.name() + "/" + d.parameters().size(), new Function(d, scope)), path, in, out);
            case Filter.Call c -> call(c, scope, path, in, out);
        }
    }

    /** A value that is new, no part of the input. */
    private static void made(@Nullable Path path, Json value, Sink out) {
        out.accept(path == null ? null : Path.NOWHERE, value);
    }

    private static Json negated(Json.Num number) {
        return new Json.Num(0 - number.value(), number.literal() == null ? null : number.literal().negate());
    }

    private static int size(Json value) {
        return switch (value) {
            case Json.Str s -> s.text().length();
            case Json.Arr a -> a.items().size();
            case Json.Obj o -> o.fields().size();
            case Json.Null n -> 0;
            case Json.Bool b -> 0;
            case Json.Num n -> 0;
        };
    }

    private Json variable(String name, @Nullable Scope scope) {
        Object value = Scope.find(scope, "$" + name);
        return value instanceof Json json ? json : surroundings.environment();
    }

    private void recurse(@Nullable Path path, Json in, Sink out) {
        tick(1);
        out.accept(path, in);
        if (in instanceof Json.Arr || in instanceof Json.Obj) {
            iterate(path, in, (at, value) -> recurse(at, value, out));
        }
    }

    private void iterate(@Nullable Path path, Json value, Sink out) {
        switch (value) {
            case Json.Arr a -> {
                for (int i = 0; i < a.items().size(); i++) {
                    tick(1);
                    out.accept(Path.into(path, Json.of(i), value), a.items().get(i));
                }
            }
            case Json.Obj o -> o.fields().forEach((key, field) -> out.accept(Path.into(path, Json.of(key), value), field));
            default -> throw new JqException("Cannot iterate over " + value.described());
        }
    }

    private void slice(Filter.Slice slice, @Nullable Scope scope, @Nullable Path path, Json in, Sink out) {
        Filter none = new Filter.Literal(Json.NULL);
        eval(slice.to() == null ? none : slice.to(), scope, null, in, (p, to) ->
            eval(slice.from() == null ? none : slice.from(), scope, null, in, (q, from) ->
                eval(slice.target(), scope, path, in, (at, target) ->
                    out.accept(Path.into(at, Json.object("start", from, "end", to), target), Path.slice(target, from, to)))));
    }

    private interface TextSink {
        void accept(String text);
    }

    private void interpolate(Filter.Interpolated string, int index, String before, @Nullable Scope scope, Json in, TextSink out) {
        if (index == string.parts().size()) {
            out.accept(before);
            return;
        }
        Filter part = string.parts().get(index);
        if (part instanceof Filter.Literal literal && index % 2 == 0) {
            interpolate(string, index + 1, before + ((Json.Str) literal.value()).text(), scope, in, out);
        } else {
            eval(part, scope, null, in, (p, value) ->
                interpolate(string, index + 1, before + Formats.apply(string.format(), value), scope, in, out));
        }
    }

    Json collect(Filter filter, @Nullable Scope scope, Json in) {
        List<Json> items = new ArrayList<>();
        eval(filter, scope, null, in, (p, value) -> items.add(value));
        return new Json.Arr(items);
    }

    private interface ValueSink {
        void accept(Json value);
    }

    private void object(List<Filter.Entry> entries, int index, Map<String, Json> fields, @Nullable Scope scope, Json in, ValueSink out) {
        if (index == entries.size()) {
            out.accept(new Json.Obj(fields));
            return;
        }
        Filter.Entry entry = entries.get(index);
        eval(entry.key(), scope, null, in, (p, key) -> {
            if (!(key instanceof Json.Str name)) {
                throw new JqException("Object keys must be strings");
            }
            eval(entry.value(), scope, null, in, (q, value) -> {
                Map<String, Json> more = new LinkedHashMap<>(fields);
                more.put(name.text(), value);
                object(entries, index + 1, more, scope, in, out);
            });
        });
    }

    private void alternative(Filter.Alternative filter, @Nullable Scope scope, @Nullable Path path, Json in, Sink out) {
        var any = new boolean[1];
        try {
            eval(filter.left(), scope, path, in, (at, value) -> {
                if (value.isTrue()) {
                    any[0] = true;
                    emitOutside(out, at, value);
                }
            });
        } catch (JqException e) {
            // an error on the left is as good as no value
        } catch (Outside e) {
            throw e.unwrapped();
        }
        if (!any[0]) {
            eval(filter.right(), scope, path, in, out);
        }
    }

    /** An error from behind a {@code try}, which is not for that one to catch. */
    private static final class Outside extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient JqException inner;

        Outside(JqException inner) {
            super("", null, false, false);
            this.inner = inner;
        }

        JqException unwrapped() {
            return inner;
        }
    }

    private static void emitOutside(Sink out, @Nullable Path at, Json value) {
        try {
            out.accept(at, value);
        } catch (JqException e) {
            throw new Outside(e);
        }
    }

    private void attempt(Filter.Try filter, @Nullable Scope scope, @Nullable Path path, Json in, Sink out) {
        try {
            eval(filter.body(), scope, path, in, (at, value) -> emitOutside(out, at, value));
        } catch (JqException e) {
            if (filter.handler() != null) {
                eval(filter.handler(), scope, null, e.value(), (p, value) -> made(path, value, out));
            }
        } catch (Outside e) {
            throw e.unwrapped();
        }
    }

    private void reduce(Filter.Reduce filter, @Nullable Scope scope, @Nullable Path path, Json in, Sink out) {
        eval(filter.start(), scope, path, in, (startPath, start) -> {
            var state = new Json[] {start};
            var at = new Path[] {startPath};
            eval(filter.source(), scope, null, in, (p, item) -> bind(filter.pattern(), item, scope, in, bound -> {
                Json before = state[0];
                state[0] = Json.NULL;
                eval(filter.update(), bound, at[0], before, (q, value) -> {
                    state[0] = value;
                    at[0] = q;
                });
            }));
            out.accept(at[0], state[0]);
        });
    }

    private void foreach(Filter.Foreach filter, @Nullable Scope scope, @Nullable Path path, Json in, Sink out) {
        eval(filter.start(), scope, path, in, (startPath, start) -> {
            var state = new Json[] {start};
            var at = new Path[] {startPath};
            eval(filter.source(), scope, null, in, (p, item) -> bind(filter.pattern(), item, scope, in, bound ->
                eval(filter.update(), bound, at[0], state[0], (q, value) -> {
                    state[0] = value;
                    at[0] = q;
                    eval(filter.extract() == null ? new Filter.Identity() : filter.extract(), bound, q, value, out);
                })));
        });
    }

    private interface ScopeSink {
        void accept(@Nullable Scope scope);
    }

    private void bind(Filter.Pattern pattern, Json value, @Nullable Scope scope, Json in, ScopeSink out) {
        switch (pattern) {
            case Filter.NamePattern name -> out.accept(new Scope(scope, "$" + name.name(), value));
            case Filter.ArrayPattern array -> bindItems(array.items(), 0, value, scope, in, out);
            case Filter.ObjectPattern object -> bindFields(object.fields(), 0, value, scope, in, out);
        }
    }

    private void bindItems(List<Filter.Pattern> items, int index, Json value, @Nullable Scope scope, Json in, ScopeSink out) {
        if (index == items.size()) {
            out.accept(scope);
            return;
        }
        bind(items.get(index), Path.get(value, Json.of(index)), scope, in, bound -> bindItems(items, index + 1, value, bound, in, out));
    }

    private void bindFields(List<Filter.FieldPattern> fields, int index, Json value, @Nullable Scope scope, Json in, ScopeSink out) {
        if (index == fields.size()) {
            out.accept(scope);
            return;
        }
        Filter.FieldPattern field = fields.get(index);
        eval(field.key(), scope, null, in, (p, key) -> {
            Json part = Path.get(value, key);
            Scope named = field.variable() == null ? scope : new Scope(scope, "$" + field.variable(), part);
            if (field.value() == null) {
                bindFields(fields, index + 1, value, named, in, out);
            } else {
                bind(field.value(), part, named, in, bound -> bindFields(fields, index + 1, value, bound, in, out));
            }
        });
    }

    private void label(Filter.Label filter, @Nullable Scope scope, @Nullable Path path, Json in, Sink out) {
        var mark = new Object();
        try {
            eval(filter.body(), new Scope(scope, "*" + filter.name(), mark), path, in, out);
        } catch (JqException.Leave e) {
            if (e.label() != mark) {
                throw e;
            }
        }
    }

    private void assign(Filter.Assign filter, @Nullable Scope scope, Json in, ValueSink out) {
        switch (filter.operator()) {
            case "=" -> eval(filter.value(), scope, null, in, (p, value) -> {
                Json result = in;
                for (Json path : paths(filter.target(), scope, in)) {
                    result = Path.set(result, Path.keys(path), value);
                }
                out.accept(result);
            });
            case "|=" -> out.accept(update(filter, scope, in));
            default -> eval(filter.value(), scope, null, in, (p, value) -> {
                Json result = in;
                String operator = filter.operator().substring(0, filter.operator().length() - 1);
                for (Json path : paths(filter.target(), scope, in)) {
                    Json old = getPath(result, Path.keys(path));
                    Json changed = !operator.equals("//") ? Operators.apply(operator, old, value) : old.isTrue() ? old : value;
                    result = Path.set(result, Path.keys(path), changed);
                }
                out.accept(result);
            });
        }
    }

    private Json update(Filter.Assign filter, @Nullable Scope scope, Json in) {
        Json result = in;
        List<Json> gone = new ArrayList<>();
        for (Json path : paths(filter.target(), scope, in)) {
            Iterator<Json> first = ((Json.Arr) collect(filter.value(), scope, getPath(result, Path.keys(path)))).items().iterator();
            if (first.hasNext()) {
                result = Path.set(result, Path.keys(path), first.next());
            } else {
                gone.add(path);
            }
        }
        return gone.isEmpty() ? result : Path.delete(result, new Json.Arr(gone));
    }

    /** The paths of what {@code filter} finds in {@code in}. */
    List<Json> paths(Filter filter, @Nullable Scope scope, Json in) {
        List<Json> found = new ArrayList<>();
        eval(filter, scope, Path.ROOT, in, (path, value) -> {
            if (path == Path.NOWHERE) {
                throw new JqException("Invalid path expression with result " + Path.cut(value));
            }
            found.add(Objects.requireNonNull(path).toJson());
        });
        return found;
    }

    static Json getPath(Json value, List<Json> keys) {
        Json result = value;
        for (Json key : keys) {
            result = result instanceof Json.Null ? Json.NULL : Path.get(result, key);
        }
        return result;
    }

    private void call(Filter.Call call, @Nullable Scope scope, @Nullable Path path, Json in, Sink out) {
        String signature = call.name() + "/" + call.arguments().size();
        Object meaning = Scope.find(scope, signature);
        switch (meaning) {
            case Closure closure -> eval(closure.body(), closure.scope(), path, in, out);
            case Function function -> enter(function, call, 0, new Scope(function.scope(), signature, function), scope, path, in, out);
            case null -> Builtins.call(this, call, scope, path, in, out);
            default -> throw new IllegalStateException(signature);
        }
    }

    private void enter(Function function, Filter.Call call, int index, Scope inner, @Nullable Scope scope, @Nullable Path path, Json in,
            Sink out) {
        List<String> parameters = function.definition().parameters();
        if (index == parameters.size()) {
            eval(function.definition().body(), inner, path, in, out);
            return;
        }
        String parameter = parameters.get(index);
        Filter argument = call.arguments().get(index);
        if (parameter.startsWith("$")) {
            eval(argument, scope, null, in, (p, value) -> {
                var bound = new Scope(inner, parameter, value);
                var named = new Scope(bound, parameter.substring(1) + "/0", new Closure(new Filter.Literal(value), null));
                enter(function, call, index + 1, named, scope, path, in, out);
            });
        } else {
            enter(function, call, index + 1, new Scope(inner, parameter + "/0", new Closure(argument, scope)), scope, path, in, out);
        }
    }
}
