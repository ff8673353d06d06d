/**
 * The Ethernet switch inside a bridge device: ports, learning, forwarding ({@code net/bridge}). Begin at {@link
 * dev.vethlab.engine.kernel.bridge.BridgeForwarding}.
 */
@NullMarked
package dev.vethlab.engine.kernel.bridge;

import org.jspecify.annotations.NullMarked;
