/**
 * Name resolution as programs do it, and the programs that ask name servers themselves. Begin at {@link
 * dev.vethlab.engine.command.net.dns.Resolver}.
 */
@NullMarked
package dev.vethlab.engine.command.net.dns;

import org.jspecify.annotations.NullMarked;
