package dev.vethlab.engine.docker.api;

/**
 * What of a container may change while it is there ({@code container.UpdateConfig} of the API).
 *
 * @param resources those that are not 0 or empty take the place of what was
 * @param restartPolicy empty to leave it as it is
 */
public record ContainerUpdate(Resources resources, String restartPolicy, int maximumRetryCount) {}
