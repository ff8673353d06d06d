/**
 * Pages, REST, WebSocket and metrics: translates between browsers and {@code session}, decides nothing.
 *
 * <p>Begin at {@link dev.vethlab.web.rest.SessionResource} or {@link dev.vethlab.web.socket.SessionSocket}.
 */
@NullMarked
package dev.vethlab.web;

import org.jspecify.annotations.NullMarked;
