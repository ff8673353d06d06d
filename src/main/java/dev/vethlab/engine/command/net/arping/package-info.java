/** {@code arping}: ARP by hand. Begin at {@link dev.vethlab.engine.command.net.arping.Arping}. */
@NullMarked
package dev.vethlab.engine.command.net.arping;

import org.jspecify.annotations.NullMarked;
