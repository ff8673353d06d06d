/**
 * Published ports. Begin at {@link dev.vethlab.engine.docker.publish. who holds which host port, and the userland proxy:PortMapper}.
 */
@NullMarked
package dev.vethlab.engine.docker.publish;

import org.jspecify.annotations.NullMarked;
