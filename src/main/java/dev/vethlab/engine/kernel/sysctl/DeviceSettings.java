package dev.vethlab.engine.kernel.sysctl;

import dev.vethlab.engine.kernel.device.NetDevice;

/**
 * What the packet path asks of a device's {@code net.ipv4.conf}, read once and kept until something is set.
 *
 * @param version {@link Sysctls#changes} when it was read
 */
public record DeviceSettings(
        int version, boolean forwarding, int reversePathFilter, boolean acceptLocal, boolean routeLocalnet, boolean sendRedirects,
        boolean ignoresLinkdown, boolean validatesByMark) {
    public static DeviceSettings of(Sysctls sysctls, NetDevice device) {
        return new DeviceSettings(sysctls.changes(), sysctls.ofDevice(device, "forwarding") != 0,
                sysctls.maxOfDevice(device, "rp_filter"), sysctls.eitherOfDevice(device, "accept_local"),
                sysctls.eitherOfDevice(device, "route_localnet"), sysctls.eitherOfDevice(device, "send_redirects"),
                sysctls.eitherOfDevice(device, "ignore_routes_with_linkdown"), sysctls.eitherOfDevice(device, "src_valid_mark"));
    }
}
