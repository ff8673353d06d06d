/**
 * The text tools and the small programs that every machine has. Begin at {@link dev.vethlab.engine.command.core.CorePrograms}, which lists
 * them. Options are GNU's, messages are those of coreutils, grep, procps.
 */
@NullMarked
package dev.vethlab.engine.command.core;

import org.jspecify.annotations.NullMarked;
