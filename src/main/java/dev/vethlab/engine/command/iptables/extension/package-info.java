/**
 * How each match and target is written on the command line: one file each, all of the shape of {@link
 * dev.vethlab.engine.command.iptables.extension.Extension}.
 */
@NullMarked
package dev.vethlab.engine.command.iptables.extension;

import org.jspecify.annotations.NullMarked;
