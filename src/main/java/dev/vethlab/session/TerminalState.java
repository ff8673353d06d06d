package dev.vethlab.session;

import org.jspecify.annotations.Nullable;

/**
 * A terminal that is open.
 *
 * @param prompt what its shell shows while it waits for a line; null while something runs
 */
public record TerminalState(String terminal, String node, @Nullable String prompt) {}
