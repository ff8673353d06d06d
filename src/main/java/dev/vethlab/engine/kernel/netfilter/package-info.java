/**
 * Tables, chains, rules, matches and targets, and the walk through them. Begin at {@link dev.vethlab.engine.kernel.netfilter.Netfilter}.
 */
@NullMarked
package dev.vethlab.engine.kernel.netfilter;

import org.jspecify.annotations.NullMarked;
