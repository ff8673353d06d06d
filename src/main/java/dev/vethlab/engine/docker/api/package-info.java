/**
 * What is asked of the engine and what it answers: requests, errors, views, and the value trees that an HTTP API would send as JSON.
 * Clients use nothing else of the engine. Begin at {@link dev.vethlab.engine.docker.api.EngineApi}.
 */
@NullMarked
package dev.vethlab.engine.docker.api;

import org.jspecify.annotations.NullMarked;
