/**
 * Servers: residents that answer by callbacks. Begin at {@link dev.vethlab.engine.command.server.ServerPrograms}, which lists them.
 */
@NullMarked
package dev.vethlab.engine.command.server;

import org.jspecify.annotations.NullMarked;
