/** The matches, one file each, all of the shape of {@link dev.vethlab.engine.kernel.netfilter.match.Match}. */
@NullMarked
package dev.vethlab.engine.kernel.netfilter.match;

import org.jspecify.annotations.NullMarked;
