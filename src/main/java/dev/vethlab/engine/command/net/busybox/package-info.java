/**
 * The BusyBox applets that speak otherwise than the programs of the same name. Begin at {@link
 * dev.vethlab.engine.command.net.busybox.Busybox}.
 */
@NullMarked
package dev.vethlab.engine.command.net.busybox;

import org.jspecify.annotations.NullMarked;
