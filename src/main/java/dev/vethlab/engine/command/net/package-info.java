/**
 * Programs that use the network: {@code ping}, {@code curl}, {@code nc}, {@code dig} … Begin at {@link
 * dev.vethlab.engine.command.net.NetPrograms}, which lists them. Each reads as the straight-line program it is and knows sockets only.
 */
@NullMarked
package dev.vethlab.engine.command.net;

import org.jspecify.annotations.NullMarked;
