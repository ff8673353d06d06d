package dev.vethlab.engine.command.core.jq;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sorting and grouping arrays by keys that were found before, and making them flat. */
final class Ordering {
    private record Keyed(Json key, Json item) {}

    private Ordering() {}

    private static List<Keyed> keyed(Json array, Json keys) {
        if (!(array instanceof Json.Arr items)) {
            throw new JqException(array.described() + " cannot be sorted, as it is not an array");
        }
        List<Keyed> keyed = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            keyed.add(new Keyed(((Json.Arr) keys).items().get(i), items.items().get(i)));
        }
        keyed.sort(Comparator.comparing(Keyed::key, Json::compare));
        return keyed;
    }

    static Json sorted(Json array, Json keys) {
        return Json.of(keyed(array, keys).stream().map(Keyed::item).toList());
    }

    static Json groups(Json array, Json keys) {
        List<Json> groups = new ArrayList<>();
        List<Json> group = new ArrayList<>();
        Json key = Json.NULL;
        for (Keyed next : keyed(array, keys)) {
            if (!group.isEmpty() && Json.compare(key, next.key()) != 0) {
                groups.add(new Json.Arr(group));
                group = new ArrayList<>();
            }
            key = next.key();
            group.add(next.item());
        }
        if (!group.isEmpty()) {
            groups.add(new Json.Arr(group));
        }
        return new Json.Arr(groups);
    }

    static Json flatten(Json array, double depth) {
        if (depth < 0) {
            throw new JqException("flatten depth must not be negative");
        }
        List<Json> flat = new ArrayList<>();
        collect(array, depth, flat);
        return new Json.Arr(flat);
    }

    private static void collect(Json value, double depth, List<Json> flat) {
        List<Json> items = switch (value) {
            case Json.Arr a -> a.items();
            case Json.Obj o -> List.copyOf(o.fields().values());
            default -> throw new JqException("Cannot iterate over " + value.described());
        };
        for (Json item : items) {
            if (item instanceof Json.Arr && depth > 0) {
                collect(item, depth - 1, flat);
            } else {
                flat.add(item);
            }
        }
    }
}
