/**
 * Routing tables, policy rules and the routing decision ({@code net/ipv4/fib_*.c}, {@code route.c}). Begin at {@link
 * dev.vethlab.engine.kernel.route.Routing}.
 */
@NullMarked
package dev.vethlab.engine.kernel.route;

import org.jspecify.annotations.NullMarked;
