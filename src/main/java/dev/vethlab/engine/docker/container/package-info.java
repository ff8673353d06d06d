/**
 * Containers. Begin at {@link dev.vethlab.engine.docker.container. their processes, files, logs and states:Containers}.
 */
@NullMarked
package dev.vethlab.engine.docker.container;

import org.jspecify.annotations.NullMarked;
