/**
 * {@code iperf3} 3.22: a control connection, streams of data, and what they came to. Begin at {@link
 * dev.vethlab.engine.command.net.iperf.Iperf}.
 */
@NullMarked
package dev.vethlab.engine.command.net.iperf;

import org.jspecify.annotations.NullMarked;
