/**
 * Random small networks, in the emulator and in namespaces of the running kernel: what both answer has to be the same.
 *
 * <p>Begin at {@link dev.vethlab.engine.differential.DifferentialTest}.
 */
@NullMarked
package dev.vethlab.engine.differential;

import org.jspecify.annotations.NullMarked;
