/** {@code ipset} 7.24. Begin at {@link dev.vethlab.engine.command.ipset.Ipset}. */
@NullMarked
package dev.vethlab.engine.command.ipset;

import org.jspecify.annotations.NullMarked;
