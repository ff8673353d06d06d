/**
 * Other programs about interfaces, neighbours and namespaces: those of net-tools, {@code ethtool}, {@code nsenter} and {@code
 * unshare}. Begin at {@link dev.vethlab.engine.command.link.LinkPrograms}.
 */
@NullMarked
package dev.vethlab.engine.command.link;

import org.jspecify.annotations.NullMarked;
