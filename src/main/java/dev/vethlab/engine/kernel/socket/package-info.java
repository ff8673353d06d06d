/**
 * TCP, UDP, ICMP and packet sockets. Begin at {@link dev.vethlab.engine.kernel.socket.SocketTable}.
 */
@NullMarked
package dev.vethlab.engine.kernel.socket;

import org.jspecify.annotations.NullMarked;
