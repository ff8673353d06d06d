/**
 * The WebSocket of a session: messages in, updates out.
 *
 * <p>Begin at {@link dev.vethlab.web.socket.SessionSocket}.
 */
@NullMarked
package dev.vethlab.web.socket;

import org.jspecify.annotations.NullMarked;
