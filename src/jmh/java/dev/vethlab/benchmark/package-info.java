/** Benchmarks: {@code ./mvnw -Pjmh verify -DskipTests} runs them and prints packets a second and bytes allocated a packet. */
@NullMarked
package dev.vethlab.benchmark;

import org.jspecify.annotations.NullMarked;
