/**
 * Emulated processes and the calls by which they block; below {@code file}, the files they see.
 *
 * <p>Begin at {@link dev.vethlab.engine.process.EmulatedProcess}. A program that runs is a virtual thread that holds the session's
 * baton: either the event loop or exactly one process runs. Servers are {@link dev.vethlab.engine.process.Resident}: callbacks, no
 * thread.
 */
@NullMarked
package dev.vethlab.engine.process;

import org.jspecify.annotations.NullMarked;
