package dev.vethlab.engine.command.docker.template;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@code map[string]any}, as JSON is read without types: what is not in it is nothing. */
final class UntypedMap extends TreeMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1;
}
