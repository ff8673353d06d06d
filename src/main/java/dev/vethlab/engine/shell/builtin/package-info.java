/**
 * The commands that the shell itself runs. Begin at {@link dev.vethlab.engine.shell.builtin.Builtins}.
 */
@NullMarked
package dev.vethlab.engine.shell.builtin;

import org.jspecify.annotations.NullMarked;
