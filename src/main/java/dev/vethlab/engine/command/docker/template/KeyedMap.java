package dev.vethlab.engine.command.docker.template;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A map whose keys are strings of a type of their own: {@code index} with a plain string is an error of types. */
public final class KeyedMap extends TreeMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1;

    private final String keyType;

    public KeyedMap(String keyType) {
        this.keyType = keyType;
    }

    String keyType() {
        return keyType;
    }
}
