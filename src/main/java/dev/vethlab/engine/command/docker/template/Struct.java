package dev.vethlab.engine.command.docker.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A struct of Docker's API as a value: named fields in order. */
public final class Struct {
    private final List<Field> fields = new ArrayList<>();
    private final String typeName;

    /** @param typeName as Go names the type in messages, such as {@code *formatter.ContainerContext} */
    public Struct(String typeName) {
        this.typeName = typeName;
    }

    public String typeName() {
        return typeName;
    }

    /**
     * @param goName how a template calls it
     * @param jsonName how JSON calls it
     * @param omitEmpty whether JSON leaves it out when it is empty
     */
    public record Field(String goName, String jsonName, boolean omitEmpty, @Nullable Object value) {}

    /** Appends a field with the same name in Go and JSON. */
    public Struct put(String name, @Nullable Object value) {
        return put(name, name, value);
    }

    public Struct put(String goName, String jsonName, @Nullable Object value) {
        fields.add(new Field(goName, jsonName, false, value));
        return this;
    }

    /** Appends a field that JSON leaves out when it is empty ({@code omitempty}). */
    public Struct putUnlessEmpty(String goName, String jsonName, @Nullable Object value) {
        fields.add(new Field(goName, jsonName, true, value));
        return this;
    }

    public List<Field> fields() {
        return Collections.unmodifiableList(fields);
    }
}
