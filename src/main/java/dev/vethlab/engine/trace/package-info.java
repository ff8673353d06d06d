/**
 * What happened to a packet, stage by stage: typed, immutable, and without a say in where packets go.
 *
 * <p>Begin at {@link dev.vethlab.engine.trace.TraceEvent}. The packet path reports through {@link dev.vethlab.engine.trace.Tracer};
 * whoever wants to know gives it a {@link dev.vethlab.engine.trace.TraceSink}. Text is made when it is asked for, not on the path.
 */
@NullMarked
package dev.vethlab.engine.trace;

import org.jspecify.annotations.NullMarked;
