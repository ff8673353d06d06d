/**
 * Input that nobody would think of, for everything that reads input: {@code ./mvnw -Pfuzz verify}.
 *
 * <p>Begin at {@link dev.vethlab.fuzz.Mutator}.
 */
@NullMarked
package dev.vethlab.fuzz;

import org.jspecify.annotations.NullMarked;
