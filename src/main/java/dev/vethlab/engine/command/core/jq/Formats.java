package dev.vethlab.engine.command.core.jq;

import dev.vethlab.engine.packet.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code @csv}, {@code @sh} and the others: a value as text for some use. */
final class Formats {
    private Formats() {}

    static String text(Json value) {
        return value instanceof Json.Str s ? s.text() : JsonWriter.compact(value);
    }

    static String apply(String format, Json value) {
        return switch (format) {
            case "text" -> text(value);
            case "json" -> JsonWriter.compact(value);
            case "csv" -> row("csv", value, ",", s -> '"' + s.replace("\"", "\"\"") + '"');
            case "tsv" -> row("tsv", value, "\t",
                    s -> s.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r"));
            case "sh" -> value instanceof Json.Arr a
                    ? a.items().stream().map(Formats::shellWord).collect(Collectors.joining(" "))
                    : shellWord(value);
            case "html" -> text(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
                    .replace("\"", "&quot;");
            case "uri" -> uri(text(value));
            case "base64" -> Base64.getEncoder().encodeToString(text(value).getBytes(StandardCharsets.UTF_8));
            case "base64d" -> decoded(value);
            default -> throw new JqException(format + " is not a valid format");
        };
    }

    private static String decoded(Json value) {
        try {
            return Bytes.of(Base64.getMimeDecoder().decode(text(value).getBytes(StandardCharsets.UTF_8))).text();
        } catch (IllegalArgumentException e) {
            throw new JqException(value.described() + " is not valid base64 data");
        }
    }

    private static String row(String format, Json value, String separator, Function<String, String> quote) {
        if (!(value instanceof Json.Arr(List<Json> items))) {
            throw new JqException(value.described() + " cannot be " + format + "-formatted, only array");
        }
        return items.stream()
                .map(item -> switch (item) {
                    case Json.Null n -> "";
                    case Json.Str s -> quote.apply(s.text());
                    case Json.Bool b -> JsonWriter.compact(b);
                    case Json.Num n -> JsonWriter.compact(n);
                    case Json.Arr a -> throw new JqException(a.described() + " is not valid in a csv row");
                    case Json.Obj o -> throw new JqException(o.described() + " is not valid in a csv row");
                })
                .collect(Collectors.joining(separator));
    }

    private static String shellWord(Json value) {
        return switch (value) {
            case Json.Str s -> "'" + s.text().replace("'", "'\\''") + "'";
            case Json.Arr a -> throw new JqException(a.described() + " can not be escaped for shell");
            case Json.Obj o -> throw new JqException(o.described() + " can not be escaped for shell");
            case Json.Null n -> "null";
            case Json.Bool b -> JsonWriter.compact(b);
            case Json.Num n -> JsonWriter.compact(n);
        };
    }

    private static String uri(String text) {
        var out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet > 0 && (Character.isLetterOrDigit(octet) || "-_.~".indexOf(octet) >= 0);
            out.append(plain ? String.valueOf((char) octet) : "%%%02X".formatted(octet & 0xFF));
        }
        return out.toString();
    }
}
