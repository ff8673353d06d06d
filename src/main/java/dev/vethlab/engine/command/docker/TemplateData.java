package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.template.GoJson;
import dev.vethlab.engine.command.docker.template.KeyedMap;
import dev.vethlab.engine.command.docker.template.Struct;
import dev.vethlab.engine.docker.api.Value;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the engine answered, as the data of a template. */
final class TemplateData {
    private TemplateData() {}

    static @Nullable Object of(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Whole whole -> whole.number();
            case Value.Real real -> real.number();
            case Value.Flag flag -> flag.flag();
            case Value.Nil nil -> switch (nil.shape()) {
                case POINTER -> null;
                case SLICE -> GoJson.NIL_SLICE;
                case MAP -> GoJson.NIL_MAP;
            };
            case Value.Items items -> {
                var list = new ArrayList<@Nullable Object>();
                items.items().forEach(item -> list.add(of(item)));
                yield list;
            }
            case Value.Entries entries -> {
                boolean plain = entries.keyType().equals(Value.STRING);
                Map<String, @Nullable Object> map = plain ? new TreeMap<>() : new KeyedMap(entries.keyType());
                entries.entries().forEach((key, entry) -> map.put(key, of(entry)));
                yield map;
            }
            case Value.Struct struct -> {
                var fields = new Struct(struct.type());
                for (Value.Field field : struct.fields()) {
                    if (field.omitEmpty()) {
                        fields.putUnlessEmpty(field.name(), field.json(), of(field.value()));
                    } else {
                        fields.put(field.name(), field.json(), of(field.value()));
                    }
                }
                yield fields;
            }
        };
    }
}
