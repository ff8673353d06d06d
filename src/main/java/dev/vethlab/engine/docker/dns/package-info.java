/**
 * The embedded resolver at 127.0.0.11. Begin at {@link dev.vethlab.engine.docker.dns.Resolver}.
 */
@NullMarked
package dev.vethlab.engine.docker.dns;

import org.jspecify.annotations.NullMarked;
