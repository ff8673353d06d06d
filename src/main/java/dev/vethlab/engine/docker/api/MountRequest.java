package dev.vethlab.engine.docker.api;

/**
 * A mount as {@code --mount} asks for it ({@code Mount} of the API).
 *
 * @param type {@code volume}, {@code bind} or {@code tmpfs}
 * @param source a volume's name, a path of the host, or empty
 * @param target an absolute path in the container
 * @param hasVolumeOptions whether options for a volume were given, if only empty ones
 */
public record MountRequest(String type, String source, String target, boolean readOnly, boolean hasVolumeOptions) {}
