package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.Value;
import org.jspecify.annotations.Nullable;

/**
 * What is mounted in a container ({@code volume/mounts}).
 *
 * @param type {@code volume}, {@code bind} or {@code tmpfs}
 * @param name a volume's; else empty
 * @param source a path of the host; empty for tmpfs
 * @param mode as it was asked for: {@code ro}, {@code z}
 * @param anonymous whether it goes with the container if that is asked for
 * @param temporary what it is like if it is a tmpfs
 */
record MountPoint(String type, String name, String source, String destination, String mode, boolean writable, boolean anonymous,
        @Nullable Temporary temporary) {
    MountPoint(String type, String name, String source, String destination, String mode, boolean writable, boolean anonymous) {
        this(type, name, source, destination, mode, writable, anonymous, null);
    }

    static MountPoint temporary(String destination, Temporary temporary) {
        return new MountPoint("tmpfs", "", "", destination, "", !temporary.readOnly(), false, temporary);
    }

    Value value() {
        var value = Value.struct("container.MountPoint").put("Type", type);
        value.omitEmpty("Name", Value.of(name));
        return value.put("Source", source).put("Destination", destination)
                .omitEmpty("Driver", Value.of(type.equals("volume") ? "local" : ""))
                .put("Mode", mode).put("RW", writable)
                .put("Propagation", type.equals("bind") ? "rprivate" : "").build();
    }
}
