/**
 * What is asked of the engine and what it answers. Begin at {@link dev.vethlab.engine.docker.api. requests, errors, and the value trees
 * that an HTTP API would send as JSON:Value}.
 */
@NullMarked
package dev.vethlab.engine.docker.api;

import org.jspecify.annotations.NullMarked;
