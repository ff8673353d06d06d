package dev.vethlab.engine.command.core.jq;

import dev.vethlab.engine.command.core.jq.Evaluator.Scope;
import dev.vethlab.engine.command.core.jq.Evaluator.Sink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The functions that are not written in jq: those that decide what to evaluate, and those that make one value of their arguments. */
final class Builtins {
    private static final List<String> KEYWORDS = List.of("def", "if", "then", "elif", "else", "end", "as", "reduce", "foreach", "try",
            "catch", "label", "import", "include", "and", "or", "__loc__");

    private static final List<String> CONTROL = List.of("empty/0", "error/0", "not/0", "path/1", "range/2", "first/1", "limit/2", "skip/2",
            "until/2", "while/2", "repeat/1", "input/0", "inputs/0", "debug/0", "debug/1", "stderr/0", "getpath/1", "halt/0", "halt_error/1",
            "now/0", "input_filename/0", "input_line_number/0", "match/2", "builtins/0");

    private static final Map<String, BiFunction<Json, List<Json>, Json>> VALUES = values();
    private static final List<String> NATIVE = nativeSignatures();
    private static final Filter PRELUDE = prelude();
    private static final List<String> DEFINED = definedSignatures();

    private Builtins() {}

    static boolean isKeyword(String name) {
        return KEYWORDS.contains(name);
    }

    /** Whether there is a function, {@code name/arguments}. */
    static boolean has(String signature) {
        return NATIVE.contains(signature) || DEFINED.contains(signature);
    }

    private static List<String> nativeSignatures() {
        List<String> all = new ArrayList<>(CONTROL);
        all.addAll(VALUES.keySet());
        return List.copyOf(all);
    }

    private static List<String> definedSignatures() {
        List<String> all = new ArrayList<>();
        Filter rest = PRELUDE;
        while (rest instanceof Filter.Define d) {
            all.add(d.name() + "/" + d.parameters().size());
            rest = d.rest();
        }
        return List.copyOf(all);
    }

    private static Filter prelude() {
        try {
            return JqParser.parse(Prelude.TEXT, List.of("ENV"), NATIVE::contains);
        } catch (CompileError e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code program} where the functions written in jq are known. */
    static Filter withPrelude(Filter program) {
        return within(PRELUDE, program);
    }

    private static Filter within(Filter definitions, Filter program) {
        return definitions instanceof Filter.Define d
                ? new Filter.Define(d.name(), d.parameters(), d.body(), within(d.rest(), program))
                : program;
    }

    // ---- calls ----

    static void call(Evaluator evaluator, Filter.Call call, @Nullable Scope scope, @Nullable Path path, Json in, Sink out) {
        String signature = call.name() + "/" + call.arguments().size();
        BiFunction<Json, List<Json>, Json> function = VALUES.get(signature);
        if (function != null) {
            arguments(evaluator, call.arguments(), call.arguments().size() - 1, List.of(), scope, in, given -> {
                evaluator.tick(4);
                out.accept(path == null ? null : Path.NOWHERE, function.apply(in, given));
            });
            return;
        }
        Path made = path == null ? null : Path.NOWHERE;
        switch (signature) {
            case "empty/0" -> {}
            case "error/0" -> throw new JqException(in);
            case "not/0" -> out.accept(made, Json.of(!in.isTrue()));
            case "path/1" -> evaluator.paths(call.arguments().getFirst(), scope, in).forEach(found -> out.accept(made, found));
            case "first/1" -> first(evaluator, call.arguments().getFirst(), 1, scope, path, in, out);
            case "limit/2" -> evaluator.eval(call.arguments().getFirst(), scope, null, in, (p, count) -> {
                if (number("limit", count) < 0) {
                    throw new JqException("limit doesn't support negative count");
                }
                first(evaluator, call.arguments().get(1), number("limit", count), scope, path, in, out);
            });
            case "skip/2" -> evaluator.eval(call.arguments().getFirst(), scope, null, in, (p, count) -> {
                var left = new double[] {number("skip", count)};
                evaluator.eval(call.arguments().get(1), scope, path, in, (at, value) -> {
                    if (left[0]-- <= 0) {
                        out.accept(at, value);
                    }
                });
            });
            case "range/2" -> evaluator.eval(call.arguments().getFirst(), scope, null, in, (p, from) ->
                evaluator.eval(call.arguments().get(1), scope, null, in, (q, to) -> {
                    if (!(from instanceof Json.Num start && to instanceof Json.Num end)) {
                        throw new JqException("Range bounds must be numeric");
                    }
                    for (double i = start.value(); i < end.value(); i++) {
                        evaluator.tick(1);
                        out.accept(made, Json.of(i));
                    }
                }));
            case "until/2" -> {
                Json value = in;
                while (!one(evaluator, call.arguments().getFirst(), scope, value).isTrue()) {
                    value = one(evaluator, call.arguments().get(1), scope, value);
                }
                out.accept(made, value);
            }
            case "while/2" -> loop(evaluator, call.arguments().get(1), call.arguments().getFirst(), scope, in, out);
            case "repeat/1" -> loop(evaluator, call.arguments().getFirst(), new Filter.Literal(Json.TRUE), scope, in, out);
            case "getpath/1" -> evaluator.eval(call.arguments().getFirst(), scope, null, in, (p, keys) -> {
                Path at = path;
                for (Json key : Path.keys(keys)) {
                    at = Path.into(at, key, in);
                }
                out.accept(at, Evaluator.getPath(in, Path.keys(keys)));
            });
            case "match/2" -> evaluator.eval(call.arguments().get(1), scope, null, in, (p, flags) ->
                evaluator.eval(call.arguments().getFirst(), scope, null, in, (q, regex) ->
                    Regexes.matches(in, regex, flags).forEach(match -> out.accept(made, match))));
            default -> surroundings(evaluator, signature, call, scope, made, path, in, out);
        }
    }

    private static void surroundings(Evaluator evaluator, String signature, Filter.Call call, @Nullable Scope scope, @Nullable Path made,
            @Nullable Path path, Json in, Sink out) {
        Evaluator.Surroundings around = evaluator.surroundings();
        switch (signature) {
            case "input/0" -> {
                Json next = around.input();
                if (next == null) {
                    throw new JqException("break");
                }
                out.accept(made, next);
            }
            case "inputs/0" -> {
                for (Json next = around.input(); next != null; next = around.input()) {
                    evaluator.tick(1);
                    out.accept(made, next);
                }
            }
            case "debug/0" -> {
                around.debug(Json.of(List.of(Json.of("DEBUG:"), in)));
                out.accept(path, in);
            }
            case "debug/1" -> {
                evaluator.eval(call.arguments().getFirst(), scope, null, in, (p, message) ->
                    around.debug(Json.of(List.of(Json.of("DEBUG:"), message))));
                out.accept(path, in);
            }
            case "stderr/0" -> {
                around.debug(in);
                out.accept(path, in);
            }
            case "now/0" -> out.accept(made, Json.of(around.now()));
            case "input_filename/0" -> out.accept(made, around.fileName());
            case "input_line_number/0" -> out.accept(made, Json.of(around.line()));
            case "halt/0" -> throw new JqException.Halt(0, "");
            case "halt_error/1" -> evaluator.eval(call.arguments().getFirst(), scope, null, in, (p, status) -> {
                String text = in instanceof Json.Str s ? s.text() : in instanceof Json.Null ? "" : JsonWriter.compact(in) + "\n";
                throw new JqException.Halt((int) number("halt_error/1", status) & 0xFF, text);
            });
            case "builtins/0" -> {
                List<Json> names = new ArrayList<>();
                NATIVE.stream().filter(name -> !name.startsWith("_")).forEach(name -> names.add(Json.of(name)));
                DEFINED.stream().filter(name -> !name.startsWith("_")).forEach(name -> names.add(Json.of(name)));
                out.accept(made, new Json.Arr(names));
            }
            default -> throw new IllegalStateException(signature);
        }
    }

    private static void first(Evaluator evaluator, Filter filter, double count, @Nullable Scope scope, @Nullable Path path, Json in,
            Sink out) {
        if (count <= 0) {
            return;
        }
        var enough = new Object();
        var left = new double[] {count};
        try {
            evaluator.eval(filter, scope, path, in, (at, value) -> {
                out.accept(at, value);
                if (--left[0] <= 0) {
                    throw new JqException.Leave(enough);
                }
            });
        } catch (JqException.Leave e) {
            if (e.label() != enough) {
                throw e;
            }
        }
    }

    private static Json one(Evaluator evaluator, Filter filter, @Nullable Scope scope, Json in) {
        var result = new Json[] {Json.NULL};
        first(evaluator, filter, 1, scope, null, in, (path, value) -> result[0] = value);
        return result[0];
    }

    /** Gives the value, and again what {@code next} makes of it, while {@code condition} holds. */
    private static void loop(Evaluator evaluator, Filter next, Filter condition, @Nullable Scope scope, Json in, Sink out) {
        List<Json> pending = new ArrayList<>(List.of(in));
        while (!pending.isEmpty()) {
            Json value = pending.removeFirst();
            if (one(evaluator, condition, scope, value).isTrue()) {
                out.accept(null, value);
                pending.addAll(0, ((Json.Arr) evaluator.collect(next, scope, value)).items());
            }
        }
    }

    private interface GivenSink {
        void accept(List<Json> given);
    }

    /** All combinations of the arguments' values; the last argument varies slowest. */
    private static void arguments(Evaluator evaluator, List<Filter> filters, int index, List<Json> given, @Nullable Scope scope, Json in,
            GivenSink out) {
        if (index < 0) {
            out.accept(given);
            return;
        }
        evaluator.eval(filters.get(index), scope, null, in, (p, value) -> {
            List<Json> more = new ArrayList<>(given);
            more.addFirst(value);
            arguments(evaluator, filters, index - 1, more, scope, in, out);
        });
    }

    static double number(String function, Json value) {
        if (value instanceof Json.Num number) {
            return number.value();
        }
        throw new JqException(value.described() + " number required");
    }

    // ---- functions of values ----

    private static Map<String, BiFunction<Json, List<Json>, Json>> values() {
        Map<String, BiFunction<Json, List<Json>, Json>> all = new LinkedHashMap<>();
        all.put("length/0", (in, a) -> length(in));
        all.put("utf8bytelength/0", (in, a) ->
            Json.of(text(in, "only strings have UTF-8 byte length").getBytes(StandardCharsets.UTF_8).length));
        all.put("keys/0", (in, a) -> keys(in, true));
        all.put("keys_unsorted/0", (in, a) -> keys(in, false));
        all.put("has/1", (in, a) -> has(in, a.getFirst()));
        all.put("contains/1", (in, a) -> Json.of(Operators.contains(in, a.getFirst())));
        all.put("type/0", (in, a) -> Json.of(in.type()));
        all.put("tostring/0", (in, a) -> Json.of(Formats.text(in)));
        all.put("tonumber/0", (in, a) -> toNumber(in));
        all.put("_sort_by/1", (in, a) -> Ordering.sorted(in, a.getFirst()));
        all.put("_group_by/1", (in, a) -> Ordering.groups(in, a.getFirst()));
        all.put("reverse/0", (in, a) -> reverse(in));
        all.put("flatten/1", (in, a) -> Ordering.flatten(in, number("flatten", a.getFirst())));
        all.put("indices/1", (in, a) -> Operators.indices(in, a.getFirst()));
        all.put("setpath/2", (in, a) -> Path.set(in, Path.keys(a.getFirst()), a.get(1)));
        all.put("delpaths/1", (in, a) -> Path.delete(in, a.getFirst()));
        all.put("fromjson/0", (in, a) -> fromJson(in));
        all.put("infinite/0", (in, a) -> Json.of(Double.POSITIVE_INFINITY));
        all.put("nan/0", (in, a) -> Json.of(Double.NaN));
        all.put("isinfinite/0", (in, a) -> Json.of(Double.isInfinite(number("", in))));
        all.put("isnan/0", (in, a) -> Json.of(Double.isNaN(number("", in))));
        all.put("isnormal/0", (in, a) -> Json.of(number("", in) != 0 && Double.isFinite(number("", in))));
        all.put("pow/2", (in, a) -> Json.of(Math.pow(number("", a.getFirst()), number("", a.get(1)))));
        for (String name : List.of("floor", "ceil", "round", "sqrt", "fabs", "log", "log2", "log10", "exp", "trunc")) {
            all.put(name + "/0", (in, a) -> Json.of(mathematics(name, number(name, in))));
        }
        Texts.add(all);
        return all;
    }

    private static double mathematics(String name, double x) {
        return switch (name) {
            case "floor" -> Math.floor(x);
            case "ceil" -> Math.ceil(x);
            case "round" -> Math.copySign(Math.floor(Math.abs(x) + 0.5), x);
            case "sqrt" -> Math.sqrt(x);
            case "fabs" -> Math.abs(x);
            case "log" -> StrictMath.log(x);
            case "log2" -> StrictMath.log(x) / StrictMath.log(2);
            case "log10" -> StrictMath.log10(x);
            case "exp" -> StrictMath.exp(x);
            case "trunc" -> x < 0 ? Math.ceil(x) : Math.floor(x);
            default -> throw new IllegalStateException(name);
        };
    }

    static String text(Json value, String complaint) {
        if (value instanceof Json.Str s) {
            return s.text();
        }
        throw new JqException(complaint.startsWith("only ") ? value.described() + " " + complaint : complaint);
    }

    private static Json length(Json in) {
        return switch (in) {
            case Json.Null n -> Json.of(0);
            case Json.Bool b -> throw new JqException(in.described() + " has no length");
            case Json.Num n -> n.value() < 0 ? Json.of(-n.value()) : n;
            case Json.Str s -> Json.of(s.text().codePointCount(0, s.text().length()));
            case Json.Arr a -> Json.of(a.items().size());
            case Json.Obj o -> Json.of(o.fields().size());
        };
    }

    private static Json keys(Json in, boolean sorted) {
        return switch (in) {
            case Json.Obj o -> Json.of((sorted ? new TreeSet<>(o.fields().keySet()) : o.fields().keySet()).stream().map(Json::of).toList());
            case Json.Arr a -> {
                List<Json> indexes = new ArrayList<>();
                for (int i = 0; i < a.items().size(); i++) {
                    indexes.add(Json.of(i));
                }
                yield new Json.Arr(indexes);
            }
            default -> throw new JqException(in.described() + " has no keys");
        };
    }

    private static Json has(Json in, Json key) {
        if (in instanceof Json.Obj o && key instanceof Json.Str name) {
            return Json.of(o.fields().containsKey(name.text()));
        }
        if (in instanceof Json.Arr a && key instanceof Json.Num index) {
            return Json.of(index.value() >= 0 && index.value() < a.items().size());
        }
        throw new JqException("Cannot check whether " + in.type() + " has a " + key.type() + " key");
    }

    private static Json toNumber(Json in) {
        if (in instanceof Json.Num) {
            return in;
        }
        Json.Num number = in instanceof Json.Str s ? JsonReader.number(s.text()) : null;
        if (number == null) {
            throw new JqException(in.described() + " cannot be parsed as a number");
        }
        return number;
    }

    private static Json fromJson(Json in) {
        String text = text(in, "only strings can be parsed");
        try {
            return JsonReader.parse(text);
        } catch (JsonReader.Malformed e) {
            throw new JqException(Objects.requireNonNull(e.getMessage()) + " (while parsing '" + text + "')");
        }
    }

    private static Json reverse(Json in) {
        return switch (in) {
            case Json.Null n -> Json.of(List.of());
            case Json.Str s -> Json.of(new StringBuilder(s.text()).reverse().toString());
            case Json.Arr a -> Json.of(a.items().reversed());
            default -> throw new JqException("Cannot reverse " + in.described());
        };
    }
}
