/**
 * TCP (RFC 9293) as Linux speaks it, one concern a file: begin at {@link dev.vethlab.engine.kernel.socket.tcp.TcpSocket}, what programs
 * hold; {@link dev.vethlab.engine.kernel.socket.tcp.TcpProtocol} finds the socket for a segment. Congestion control is slow start and
 * congestion avoidance (RFC 5681); selective acknowledgements are agreed on, as Linux does, but not sent.
 */
@NullMarked
package dev.vethlab.engine.kernel.socket.tcp;

import org.jspecify.annotations.NullMarked;
