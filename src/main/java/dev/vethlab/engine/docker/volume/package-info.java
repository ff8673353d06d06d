/**
 * Volumes. Begin at {@link dev.vethlab.engine.docker.volume.Volumes}.
 */
@NullMarked
package dev.vethlab.engine.docker.volume;

import org.jspecify.annotations.NullMarked;
