/**
 * Compose files: finding, reading and checking them.
 *
 * <p>Begin at {@link dev.vethlab.engine.command.docker.compose.ComposeProject}, which is what a file says; {@link
 * dev.vethlab.engine.command.docker.compose.ComposeLoader} reads one.
 */
@NullMarked
package dev.vethlab.engine.command.docker.compose;

import org.jspecify.annotations.NullMarked;
