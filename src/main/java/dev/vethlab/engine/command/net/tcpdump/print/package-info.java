/**
 * How tcpdump prints packets, one class a protocol. Begin at {@link dev.vethlab.engine.command.net.tcpdump.print.PacketPrinter}.
 */
@NullMarked
package dev.vethlab.engine.command.net.tcpdump.print;

import org.jspecify.annotations.NullMarked;
