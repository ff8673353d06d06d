/**
 * {@code sed} of GNU sed 4. Begin at {@link dev.vethlab.engine.command.core.sed.Sed}.
 */
@NullMarked
package dev.vethlab.engine.command.core.sed;

import org.jspecify.annotations.NullMarked;
