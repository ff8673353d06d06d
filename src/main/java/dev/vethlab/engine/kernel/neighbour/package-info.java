/**
 * ARP and the neighbour table ({@code net/core/neighbour.c}, {@code net/ipv4/arp.c}). Begin at {@link
 * dev.vethlab.engine.kernel.neighbour.NeighbourTable}.
 */
@NullMarked
package dev.vethlab.engine.kernel.neighbour;

import org.jspecify.annotations.NullMarked;
