/**
 * The shell: {@code bash} on the machines, {@code sh} in containers.
 *
 * <p>Begin at {@link dev.vethlab.engine.shell.Interpreter}; {@code syntax} reads the language, {@code expand} makes fields of words,
 * {@code builtin} holds the commands that the shell itself is. {@link dev.vethlab.engine.shell.ShellSession} is the shell of a terminal,
 * which holds no thread while it prompts.
 */
@NullMarked
package dev.vethlab.engine.shell;

import org.jspecify.annotations.NullMarked;
