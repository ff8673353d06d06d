/** {@code socat}: two addresses, and data between them. Begin at {@link dev.vethlab.engine.command.net.socat.Socat}. */
@NullMarked
package dev.vethlab.engine.command.net.socat;

import org.jspecify.annotations.NullMarked;
