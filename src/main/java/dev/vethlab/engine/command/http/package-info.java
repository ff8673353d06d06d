/**
 * HTTP/1.x as far as programs here speak it: begin at {@link dev.vethlab.engine.command.http.HttpHead} and {@link
 * dev.vethlab.engine.command.http.HttpServer}. Clients are programs of their own.
 */
@NullMarked
package dev.vethlab.engine.command.http;

import org.jspecify.annotations.NullMarked;
