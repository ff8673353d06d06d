package dev.vethlab.engine.command.core.jq;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints JSON as jq does.
 *
 * @param indent what one level is indented by; empty for one line
 */
record JsonWriter(String indent, boolean sorted, boolean ascii, boolean colours) {
    private static final JsonWriter COMPACT = new JsonWriter("", false, false, false);
    private static final String BRACKETS = "1;39";

    static String compact(Json value) {
        return COMPACT.text(value);
    }

    String text(Json value) {
        var out = new StringBuilder();
        write(out, value, "\n");
        return out.toString();
    }

    private void write(StringBuilder out, Json value, String lineStart) {
        switch (value) {
            case Json.Null n -> coloured(out, "0;90", "null");
            case Json.Bool b -> coloured(out, "0;39", String.valueOf(b.value()));
            case Json.Num n -> coloured(out, "0;39", number(n));
            case Json.Str s -> coloured(out, "0;32", quoted(s.text()));
            case Json.Arr a -> {
                if (a.items().isEmpty()) {
                    coloured(out, BRACKETS, "[]");
                    return;
                }
                coloured(out, BRACKETS, "[");
                String inner = lineStart + indent;
                for (Iterator<Json> items = a.items().iterator(); items.hasNext(); ) {
                    newLine(out, inner);
                    write(out, items.next(), inner);
                    if (items.hasNext()) {
                        coloured(out, BRACKETS, ",");
                    }
                }
                newLine(out, lineStart);
                coloured(out, BRACKETS, "]");
            }
            case Json.Obj o -> {
                if (o.fields().isEmpty()) {
                    coloured(out, BRACKETS, "{}");
                    return;
                }
                coloured(out, BRACKETS, "{");
                String inner = lineStart + indent;
                Map<String, Json> fields = sorted ? new TreeMap<>(o.fields()) : o.fields();
                for (Iterator<Map.Entry<String, Json>> entries = fields.entrySet().iterator(); entries.hasNext(); ) {
                    Map.Entry<String, Json> entry = entries.next();
                    newLine(out, inner);
                    coloured(out, "1;34", quoted(entry.getKey()));
                    coloured(out, BRACKETS, ":");
                    out.append(indent.isEmpty() ? "" : " ");
                    write(out, entry.getValue(), inner);
                    if (entries.hasNext()) {
                        coloured(out, BRACKETS, ",");
                    }
                }
                newLine(out, lineStart);
                coloured(out, BRACKETS, "}");
            }
        }
    }

    private void newLine(StringBuilder out, String lineStart) {
        if (!indent.isEmpty()) {
            out.append(lineStart);
        }
    }

    private void coloured(StringBuilder out, String colour, String text) {
        if (colours) {
            out.append("\u001b[").append(colour).append('m').append(text).append("\u001b[0m");
        } else {
            out.append(text);
        }
    }

    private String quoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ' || c == 127 || ascii && c > 127) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    static String number(Json.Num number) {
        return number.literal() != null ? number.literal().toString() : number(number.value());
    }

    /** {@code jvp_dtoa_fmt}: the shortest digits, plain unless there are more than 15 zeros behind or 4 before them. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "null";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
        BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(finite))).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        String sign = finite < 0 ? "-" : "";
        if (point <= -4 || point > digits.length() + 15) {
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            return sign + digits.charAt(0) + fraction + "e" + (point <= 0 ? "-" : "+") + "%02d".formatted(Math.abs(point - 1));
        }
        return sign + shortest.toPlainString();
    }
}
