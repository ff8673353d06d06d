package dev.vethlab.session;

/**
 * What a command answered.
 *
 * @param output both streams, in order
 */
public record ExecuteResult(String output, int exitCode) {}
