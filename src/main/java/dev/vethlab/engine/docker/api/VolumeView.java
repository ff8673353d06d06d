package dev.vethlab.engine.docker.api;

import java.util.Map;

/**
 * A volume as clients see it.
 *
 * @param created virtual nanoseconds
 * @param mountpoint where its files are on the host
 */
public record VolumeView(String name, long created, Map<String, String> labels, String mountpoint) {}
