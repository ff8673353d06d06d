/**
 * Virtual time: one clock and one queue of events a session, and the seeded random numbers of everything in it.
 *
 * <p>Begin at {@link dev.vethlab.engine.sim.Simulation}. Knows nothing of networks.
 */
@NullMarked
package dev.vethlab.engine.sim;

import org.jspecify.annotations.NullMarked;
