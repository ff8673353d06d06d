/**
 * {@code awk}: POSIX awk's language as a tree that is walked. Begin at {@link dev.vethlab.engine.command.core.awk.Awk}.
 */
@NullMarked
package dev.vethlab.engine.command.core.awk;

import org.jspecify.annotations.NullMarked;
