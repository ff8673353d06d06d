/** iputils {@code ping}. Begin at {@link dev.vethlab.engine.command.net.ping.Ping}. */
@NullMarked
package dev.vethlab.engine.command.net.ping;

import org.jspecify.annotations.NullMarked;
