/**
 * {@code ss}: the sockets of a network namespace. Begin at {@link dev.vethlab.engine.command.net.ss.Ss}; {@link
 * dev.vethlab.engine.command.net.ss.SocketList} is what {@code netstat} reads, too.
 */
@NullMarked
package dev.vethlab.engine.command.net.ss;

import org.jspecify.annotations.NullMarked;
