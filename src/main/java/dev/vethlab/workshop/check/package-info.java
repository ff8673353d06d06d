/**
 * What a lesson looks at: the state of the world, packets that passed, commands that ended.
 *
 * <p>Begin at {@link dev.vethlab.workshop.check.Check}.
 */
@NullMarked
package dev.vethlab.workshop.check;

import org.jspecify.annotations.NullMarked;
