/**
 * {@code ip} of iproute2 7.2: its grammar, its texts, its exit codes. Begin at {@link dev.vethlab.engine.command.ip.IpProgram}; each object
 * ({@code link}, {@code address}, {@code route} …) is a class of its own, named after the file of iproute2 that it follows.
 */
@NullMarked
package dev.vethlab.engine.command.ip;

import org.jspecify.annotations.NullMarked;
