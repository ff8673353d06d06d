/**
 * The emulated Linux kernel's networking: a {@link dev.vethlab.engine.kernel.Machine} has {@link
 * dev.vethlab.engine.kernel.NetworkNamespace}s, a namespace has devices, addresses, routes, neighbours, rules, tracked connections and
 * sockets.
 *
 * <p>Begin at {@link dev.vethlab.engine.kernel.PacketPath}: the one file that names all stages of the IPv4 path in order. Commands and
 * the Docker engine use the same calls; what they may not do ends in a {@link dev.vethlab.engine.kernel.KernelException} with an
 * errno.
 */
@NullMarked
package dev.vethlab.engine.kernel;

import org.jspecify.annotations.NullMarked;
