/**
 * The shell's language: text in, a tree of records out. Begin at {@link dev.vethlab.engine.shell.syntax.Parser}.
 */
@NullMarked
package dev.vethlab.engine.shell.syntax;

import org.jspecify.annotations.NullMarked;
