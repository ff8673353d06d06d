package dev.vethlab.engine.command.core.jq;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter, as parsed: each turns one value into any number of values. */
sealed interface Filter {
    record Identity() implements Filter {}

    record Recurse() implements Filter {}

    record Literal(Json value) implements Filter {}

    /** {@code "a\(b)c"}: texts and the filters between them; {@code format} is how their values are written. */
    record Interpolated(String format, List<Filter> parts) implements Filter {}

    /** {@code @csv}. */
    record Format(String name) implements Filter {}

    /** {@code target[key]}, {@code target.key}. */
    record Index(Filter target, Filter key) implements Filter {}

    record Slice(Filter target, @Nullable Filter from, @Nullable Filter to) implements Filter {}

    /** {@code target[]}. */
    record Iterate(Filter target) implements Filter {}

    record Array(@Nullable Filter content) implements Filter {}

    record Entry(Filter key, Filter value) {}

    record ObjectOf(List<Entry> entries) implements Filter {}

    record Negate(Filter operand) implements Filter {}

    record Pipe(Filter first, Filter second) implements Filter {}

    record Comma(Filter first, Filter second) implements Filter {}

    /** Arithmetic and comparison. */
    record Binary(String operator, Filter left, Filter right) implements Filter {}

    record Logical(boolean and, Filter left, Filter right) implements Filter {}

    /** {@code left // right}. */
    record Alternative(Filter left, Filter right) implements Filter {}

    /** {@code =}, {@code |=}, {@code +=} …. */
    record Assign(String operator, Filter target, Filter value) implements Filter {}

    record If(Filter condition, Filter then, Filter otherwise) implements Filter {}

    record Try(Filter body, @Nullable Filter handler) implements Filter {}

    record Reduce(Filter source, Pattern pattern, Filter start, Filter update) implements Filter {}

    record Foreach(Filter source, Pattern pattern, Filter start, Filter update, @Nullable Filter extract) implements Filter {}

    /** {@code source as pattern | body}. */
    record Bind(Filter source, Pattern pattern, Filter body) implements Filter {}

    record Variable(String name) implements Filter {}

    record Label(String name, Filter body) implements Filter {}

    record Break(String name) implements Filter {}

    record Define(String name, List<String> parameters, Filter body, Filter rest) implements Filter {}

    record Call(String name, List<Filter> arguments) implements Filter {}

    /** What {@code as} takes a value apart by. */
    sealed interface Pattern {}

    record NamePattern(String name) implements Pattern {}

    record ArrayPattern(List<Pattern> items) implements Pattern {}

    /** {@code {$a, b: $c}}: {@code variable} is the name that the key itself is bound to, if it is. */
    record FieldPattern(Filter key, @Nullable String variable, @Nullable Pattern value) {}

    record ObjectPattern(List<FieldPattern> fields) implements Pattern {}
}
