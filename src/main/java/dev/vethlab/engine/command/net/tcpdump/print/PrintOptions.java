package dev.vethlab.engine.command.net.tcpdump.print;

/**
 * What the options say about printing.
 *
 * @param verbosity how many {@code -v}
 * @param quiet {@code -q}
 * @param absolute {@code -S}
 * @param link {@code -e}
 */
public record PrintOptions(int verbosity, boolean quiet, boolean absolute, boolean link) {}
