/**
 * What goes over the wire, as {@code frontend/src/protocol/protocol.schema.json} describes it: records of the same shape, and the
 * translation of the engine's facts into them. Absent fields are null here and left out there.
 *
 * <p>Begin at {@link dev.vethlab.web.wire.ServerMessage} and {@link dev.vethlab.web.wire.TraceView}.
 */
@NullMarked
package dev.vethlab.web.wire;

import org.jspecify.annotations.NullMarked;
