/**
 * Connection tracking and address translation ({@code net/netfilter/nf_conntrack_core.c}, {@code nf_nat_core.c}). Begin at {@link
 * dev.vethlab.engine.kernel.conntrack.Conntrack}; {@link dev.vethlab.engine.kernel.conntrack.Nat} rewrites.
 */
@NullMarked
package dev.vethlab.engine.kernel.conntrack;

import org.jspecify.annotations.NullMarked;
