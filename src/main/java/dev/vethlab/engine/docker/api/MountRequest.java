package dev.vethlab.engine.docker.api;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mount as {@code --mount} asks for it ({@code Mount} of the API).
 *
 * @param type {@code volume}, {@code bind} or {@code tmpfs}
 * @param source a volume's name, a path of the host, or empty
 * @param target an absolute path in the container
 * @param propagation of a bind; empty for the usual one
 */
public record MountRequest(
        String type,
        String source,
        String target,
        boolean readOnly,
        String propagation,
        @Nullable VolumeOptions volume,
        @Nullable TmpfsOptions tmpfs) {

    /** What is asked of a volume: whether the image's files are copied into it, and how it is made if it is not there. */
    public record VolumeOptions(boolean noCopy, Map<String, String> labels, String driver, Map<String, String> driverOptions) {
        public static final VolumeOptions NONE = new VolumeOptions(false, Collections.emptyMap(), "", Collections.emptyMap());
    }

    /** @param mode its permission bits; 0 for the usual ones */
    public record TmpfsOptions(long sizeBytes, int mode) {}

    public MountRequest(String type, String source, String target, boolean readOnly) {
        this(type, source, target, readOnly, "", null, null);
    }
}
