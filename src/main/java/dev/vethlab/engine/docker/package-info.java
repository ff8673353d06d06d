/**
 * The emulated Docker Engine: containers, images and networks, made of the emulated kernel's ordinary parts.
 *
 * <p>Begin at {@link dev.vethlab.engine.docker.Engine}, whose operations are those of the Engine API v1.51. Knows nothing of the {@code
 * docker} command: that is a client of it.
 */
@NullMarked
package dev.vethlab.engine.docker;

import org.jspecify.annotations.NullMarked;
