/** {@code netstat} of net-tools 2.10. Begin at {@link dev.vethlab.engine.command.net.netstat.Netstat}. */
@NullMarked
package dev.vethlab.engine.command.net.netstat;

import org.jspecify.annotations.NullMarked;
