/**
 * The inspector: what a box, port or cable of the drawing is and holds, as fragments of HTML made from the emulated kernel's own tables.
 *
 * <p>Begin at {@link dev.vethlab.web.inspect.Inspector}.
 */
@NullMarked
package dev.vethlab.web.inspect;

import org.jspecify.annotations.NullMarked;
