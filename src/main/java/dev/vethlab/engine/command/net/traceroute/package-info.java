/**
 * {@code traceroute}: packets with too small a TTL, and who says so. Begin at {@link
 * dev.vethlab.engine.command.net.traceroute.Traceroute}.
 */
@NullMarked
package dev.vethlab.engine.command.net.traceroute;

import org.jspecify.annotations.NullMarked;
