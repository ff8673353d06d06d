/**
 * The {@code docker} command: a client of the engine that parses, formats and words messages, and decides nothing.
 *
 * <p>Begin at {@link dev.vethlab.engine.command.docker.DockerPrograms}; {@link dev.vethlab.engine.command.docker.CommandTree} says which
 * commands there are.
 */
@NullMarked
package dev.vethlab.engine.command.docker;

import org.jspecify.annotations.NullMarked;
