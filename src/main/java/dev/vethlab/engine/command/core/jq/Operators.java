package dev.vethlab.engine.command.core.jq;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code + - * / %} and the comparisons mean for each kind of value. */
final class Operators {
    private static final int MAX_REPEATED = 1 << 20;

    private Operators() {}

    static Json apply(String operator, Json left, Json right) {
        return switch (operator) {
            case "+" -> add(left, right);
            case "-" -> subtract(left, right);
            case "*" -> multiply(left, right);
            case "/" -> divide(left, right);
            case "%" -> modulo(left, right);
            case "==" -> Json.of(Json.compare(left, right) == 0);
            case "!=" -> Json.of(Json.compare(left, right) != 0);
            case "<" -> Json.of(Json.compare(left, right) < 0);
            case "<=" -> Json.of(Json.compare(left, right) <= 0);
            case ">" -> Json.of(Json.compare(left, right) > 0);
            case ">=" -> Json.of(Json.compare(left, right) >= 0);
            default -> throw new IllegalStateException(operator);
        };
    }

    static Json add(Json left, Json right) {
        if (left instanceof Json.Null) {
            return right;
        }
        if (right instanceof Json.Null) {
            return left;
        }
        if (left instanceof Json.Num x && right instanceof Json.Num y) {
            return Json.of(x.value() + y.value());
        }
        if (left instanceof Json.Str x && right instanceof Json.Str y) {
            return Json.of(x.text() + y.text());
        }
        if (left instanceof Json.Arr x && right instanceof Json.Arr y) {
            List<Json> items = new ArrayList<>(x.items());
            items.addAll(y.items());
            return new Json.Arr(items);
        }
        if (left instanceof Json.Obj x && right instanceof Json.Obj y) {
            Map<String, Json> fields = new LinkedHashMap<>(x.fields());
            fields.putAll(y.fields());
            return new Json.Obj(fields);
        }
        throw cannot(left, right, "added");
    }

    private static Json subtract(Json left, Json right) {
        if (left instanceof Json.Num x && right instanceof Json.Num y) {
            return Json.of(x.value() - y.value());
        }
        if (left instanceof Json.Arr x && right instanceof Json.Arr y) {
            return Json.of(x.items().stream().filter(a -> y.items().stream().noneMatch(b -> Json.compare(a, b) == 0)).toList());
        }
        throw cannot(left, right, "subtracted");
    }

    private static Json multiply(Json left, Json right) {
        if (left instanceof Json.Num x && right instanceof Json.Num y) {
            return Json.of(x.value() * y.value());
        }
        if (left instanceof Json.Num && right instanceof Json.Str) {
            return multiply(right, left);
        }
        if (left instanceof Json.Str x && right instanceof Json.Num y) {
            if (!(y.value() > 0)) {
                return Json.NULL;
            }
            if (y.value() * x.text().length() > MAX_REPEATED) {
                throw new JqException("Repeat string result too long");
            }
            return Json.of(x.text().repeat(y.value() < 1 ? 1 : (int) y.value()));
        }
        if (left instanceof Json.Obj x && right instanceof Json.Obj y) {
            return merge(x, y);
        }
        throw cannot(left, right, "multiplied");
    }

    private static Json merge(Json.Obj left, Json.Obj right) {
        Map<String, Json> fields = new LinkedHashMap<>(left.fields());
        right.fields().forEach((key, value) -> {
            Json old = fields.get(key);
            fields.put(key, old instanceof Json.Obj a && value instanceof Json.Obj b ? merge(a, b) : value);
        });
        return new Json.Obj(fields);
    }

    private static Json divide(Json left, Json right) {
        if (left instanceof Json.Num x && right instanceof Json.Num y) {
            if (y.value() == 0) {
                throw new JqException(left.described() + " and " + right.described() + " cannot be divided because the divisor is zero");
            }
            return Json.of(x.value() / y.value());
        }
        if (left instanceof Json.Str x && right instanceof Json.Str y) {
            return split(x.text(), y.text());
        }
        throw cannot(left, right, "divided");
    }

    private static Json modulo(Json left, Json right) {
        if (left instanceof Json.Num x && right instanceof Json.Num y) {
            if (Double.isNaN(x.value()) || Double.isNaN(y.value())) {
                return Json.of(Double.NaN);
            }
            if ((long) y.value() == 0) {
                throw cannot(left, right, "divided (remainder) because the divisor is zero");
            }
            return Json.of((long) x.value() % Math.abs((long) y.value()));
        }
        throw cannot(left, right, "divided (remainder)");
    }

    private static JqException cannot(Json left, Json right, String what) {
        return new JqException(left.described() + " and " + right.described() + " cannot be " + what);
    }

    static Json split(String text, String separator) {
        List<Json> parts = new ArrayList<>();
        if (separator.isEmpty()) {
            text.codePoints().forEach(c -> parts.add(Json.of(Character.toString(c))));
            return new Json.Arr(parts);
        }
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(Json.of(text.substring(from, at)));
            from = at + separator.length();
        }
        if (!text.isEmpty()) {
            parts.add(Json.of(text.substring(from)));
        }
        return new Json.Arr(parts);
    }

    /** Where {@code part} begins in {@code whole}; null if there is nothing to look for. */
    static Json indices(Json whole, Json part) {
        List<Json> found = new ArrayList<>();
        switch (whole) {
            case Json.Null n -> {
                return n;
            }
            case Json.Str s when part instanceof Json.Str p -> {
                for (int at = s.text().indexOf(p.text()); at >= 0 && !p.text().isEmpty(); at = s.text().indexOf(p.text(), at + 1)) {
                    found.add(Json.of(s.text().codePointCount(0, at)));
                }
            }
            case Json.Arr a when part instanceof Json.Arr p -> {
                for (int at = 0; at + p.items().size() <= a.items().size() && !p.items().isEmpty(); at++) {
                    if (Json.compare(Json.of(a.items().subList(at, at + p.items().size())), p) == 0) {
                        found.add(Json.of(at));
                    }
                }
            }
            case Json.Arr a -> {
                for (int at = 0; at < a.items().size(); at++) {
                    if (Json.compare(a.items().get(at), part) == 0) {
                        found.add(Json.of(at));
                    }
                }
            }
            default -> {
                return Path.get(whole, part);
            }
        }
        return new Json.Arr(found);
    }

    static boolean contains(Json whole, Json part) {
        if (whole instanceof Json.Obj x && part instanceof Json.Obj y) {
            return y.fields().entrySet().stream()
                    .allMatch(e -> x.fields().containsKey(e.getKey()) && contains(x.fields().get(e.getKey()), e.getValue()));
        }
        if (whole instanceof Json.Arr x && part instanceof Json.Arr y) {
            return y.items().stream().allMatch(b -> x.items().stream().anyMatch(a -> a.type().equals(b.type()) && contains(a, b)));
        }
        if (whole instanceof Json.Str x && part instanceof Json.Str y) {
            return x.text().contains(y.text());
        }
        if (whole.type().equals(part.type())) {
            return Json.compare(whole, part) == 0;
        }
        throw new JqException(whole.described() + " and " + part.described() + " cannot have their containment checked");
    }
}
