/**
 * {@code tcpdump}: listens on a device, keeps what its filter matches, prints it or writes it to a pcap file.
 *
 * <p>Begin at {@link dev.vethlab.engine.command.net.tcpdump.Tcpdump}. What is captured are bytes, as in the real one; {@code filter}
 * holds the language of pcap-filter(7), {@code print} the protocols' formats.
 */
@NullMarked
package dev.vethlab.engine.command.net.tcpdump;

import org.jspecify.annotations.NullMarked;
