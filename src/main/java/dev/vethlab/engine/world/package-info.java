/**
 * The worlds that a session can be in: machines, cables, a switch, and the ordinary commands that boot them.
 *
 * <p>Begin at {@link dev.vethlab.engine.world.World}; {@link dev.vethlab.engine.world.WorldKind} says which there are, {@link
 * dev.vethlab.engine.world.Topology} what a page draws of one.
 */
@NullMarked
package dev.vethlab.engine.world;

import org.jspecify.annotations.NullMarked;
