package dev.vethlab.engine.command.docker.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field that is a method in Go and takes arguments, such as {@code .Label "key"}. */
@FunctionalInterface
public interface Method {
    @Nullable Object call(List<@Nullable Object> arguments);
}
