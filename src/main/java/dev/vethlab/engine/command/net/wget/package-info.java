/** BusyBox {@code wget}. Begin at {@link dev.vethlab.engine.command.net.wget.Wget}. */
@NullMarked
package dev.vethlab.engine.command.net.wget;

import org.jspecify.annotations.NullMarked;
