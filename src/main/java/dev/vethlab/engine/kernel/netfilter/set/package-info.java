/**
 * Sets of addresses and ports that rules ask ({@code net/netfilter/ipset}). Begin at {@link
 * dev.vethlab.engine.kernel.netfilter.set.SetTable}.
 */
@NullMarked
package dev.vethlab.engine.kernel.netfilter.set;

import org.jspecify.annotations.NullMarked;
