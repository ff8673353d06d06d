/** {@code conntrack} of conntrack-tools 1.4.9. Begin at {@link dev.vethlab.engine.command.conntrack.ConntrackTool}. */
@NullMarked
package dev.vethlab.engine.command.conntrack;

import org.jspecify.annotations.NullMarked;
