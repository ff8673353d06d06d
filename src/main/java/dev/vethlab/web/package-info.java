/**
 * Pages, REST and WebSocket: translates between browsers and {@code session}, decides nothing.
 */
@NullMarked
package dev.vethlab.web;

import org.jspecify.annotations.NullMarked;
