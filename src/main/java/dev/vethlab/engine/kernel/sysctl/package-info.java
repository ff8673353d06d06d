/**
 * The settings below {@code /proc/sys/net}. Begin at {@link dev.vethlab.engine.kernel.sysctl.Sysctls}.
 */
@NullMarked
package dev.vethlab.engine.kernel.sysctl;

import org.jspecify.annotations.NullMarked;
