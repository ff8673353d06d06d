/** OpenBSD netcat. Begin at {@link dev.vethlab.engine.command.net.nc.Netcat}. */
@NullMarked
package dev.vethlab.engine.command.net.nc;

import org.jspecify.annotations.NullMarked;
