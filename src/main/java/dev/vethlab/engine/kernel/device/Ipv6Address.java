package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.route.Scope;

/**
 * An IPv6 address that the kernel gives a device by itself. Nothing is sent to or from it but what announces it.
 *
 * @param text as RFC 5952 writes it
 * @param tentative whether duplicate address detection is still going on
 * @param protocol who made it: {@code kernel_lo} or {@code kernel_ll}
 */
public record Ipv6Address(String text, int prefixLength, Scope scope, boolean tentative, String protocol) {}
