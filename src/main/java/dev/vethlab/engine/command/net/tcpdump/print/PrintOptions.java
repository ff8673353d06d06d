package dev.vethlab.engine.command.net.tcpdump.print;

/**
 * What the options say about printing.
 *
 * @param verbosity how many {@code -v}
 * @param quiet {@code -q}
 * @param absolute {@code -S}
 * @param link {@code -e}
 * @param verifies without {@code -K}: whether checksums are looked at
 */
public record PrintOptions(int verbosity, boolean quiet, boolean absolute, boolean link, boolean verifies) {}
