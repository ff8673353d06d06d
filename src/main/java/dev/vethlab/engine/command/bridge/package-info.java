/**
 * {@code bridge} of iproute2 and {@code brctl} of bridge-utils: the switch's ports and what it knows. Begin at {@link
 * dev.vethlab.engine.command.bridge.BridgeProgram}.
 */
@NullMarked
package dev.vethlab.engine.command.bridge;

import org.jspecify.annotations.NullMarked;
