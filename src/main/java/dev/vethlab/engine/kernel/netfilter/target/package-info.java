/** The targets, one file each, all of the shape of {@link dev.vethlab.engine.kernel.netfilter.target.Target}. */
@NullMarked
package dev.vethlab.engine.kernel.netfilter.target;

import org.jspecify.annotations.NullMarked;
