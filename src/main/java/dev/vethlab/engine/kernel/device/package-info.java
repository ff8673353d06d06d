/**
 * Network devices: what {@code ip link} lists. Begin at {@link dev.vethlab.engine.kernel.device.NetDevice}.
 */
@NullMarked
package dev.vethlab.engine.kernel.device;

import org.jspecify.annotations.NullMarked;
