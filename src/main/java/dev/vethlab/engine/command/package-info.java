/**
 * The programs, one class or package each, by what they belong to. Begin at {@link dev.vethlab.engine.command.Programs}, which lists
 * them all by name.
 */
@NullMarked
package dev.vethlab.engine.command;

import org.jspecify.annotations.NullMarked;
