package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.packet.Ipv4;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The options of a bridge network, as {@code docker network create -o} gives them ({@code bridge_linux.go}, {@code fromLabels}).
 *
 * @param bridgeName the Linux bridge's name
 * @param mtu 0 for the kernel's own choice
 * @param hostIpv4 the address to SNAT to instead of masquerading; 0 if none
 * @param bindingIp where ports are published unless said otherwise
 * @param interfacePrefix what a container's interfaces are called before their number
 * @param trustedInterfaces the host's interfaces from which containers may be reached by their own addresses
 */
public record BridgeOptions(
        String bridgeName,
        boolean defaultBridge,
        boolean icc,
        boolean masquerade,
        boolean internal,
        boolean inhibitIpv4,
        GatewayMode gatewayMode,
        int mtu,
        int hostIpv4,
        int bindingIp,
        String interfacePrefix,
        List<String> trustedInterfaces) {
    private static final String BRIDGE = "com.docker.network.bridge.";
    public static final String NAME = BRIDGE + "name";
    public static final String DEFAULT_BRIDGE = BRIDGE + "default_bridge";
    public static final String ICC = BRIDGE + "enable_icc";
    public static final String MASQUERADE = BRIDGE + "enable_ip_masquerade";
    public static final String BINDING_IP = BRIDGE + "host_binding_ipv4";
    public static final String GATEWAY_MODE = BRIDGE + "gateway_mode_ipv4";
    public static final String INHIBIT_IPV4 = BRIDGE + "inhibit_ipv4";
    public static final String TRUSTED_INTERFACES = BRIDGE + "trusted_host_interfaces";
    public static final String MTU = "com.docker.network.driver.mtu";
    public static final String HOST_IPV4 = "com.docker.network.host_ipv4";
    public static final String INTERFACE_PREFIX = "com.docker.network.container_iface_prefix";
    private static final int MAX_NAME = 15;

    static BridgeOptions of(String networkId, boolean internal, Map<String, String> labels) throws EngineException {
        String name = labels.getOrDefault(NAME, "");
        if (name.length() > MAX_NAME) {
            throw EngineException.badRequest("numerical result out of range");
        }
        GatewayMode mode = gatewayMode(labels.getOrDefault(GATEWAY_MODE, ""), internal);
        return new BridgeOptions(
                name.isEmpty() ? "br-" + networkId.substring(0, 12) : name,
                flag(labels, DEFAULT_BRIDGE, false),
                flag(labels, ICC, true),
                flag(labels, MASQUERADE, true),
                internal,
                flag(labels, INHIBIT_IPV4, false),
                mode,
                mtu(labels),
                address(labels, HOST_IPV4),
                address(labels, BINDING_IP),
                labels.getOrDefault(INTERFACE_PREFIX, "eth"),
                trusted(labels.getOrDefault(TRUSTED_INTERFACES, "")));
    }

    /** {@code eth0:eth1}. */
    private static List<String> trusted(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(":"));
    }

    private static GatewayMode gatewayMode(String text, boolean internal) throws EngineException {
        if (text.isEmpty()) {
            return GatewayMode.NAT;
        }
        GatewayMode mode = GatewayMode.of(text)
                .orElseThrow(() -> parseError(GATEWAY_MODE, text, "unknown gateway mode " + text));
        if (mode == GatewayMode.ISOLATED && !internal) {
            throw EngineException.internal("gateway mode 'isolated' can only be used for an internal network");
        }
        return mode;
    }

    private static boolean flag(Map<String, String> labels, String label, boolean otherwise) throws EngineException {
        String text = labels.get(label);
        if (text == null) {
            return otherwise;
        }
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False" -> false;
            default -> throw parseError(label, text, "strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
        };
    }

    private static int mtu(Map<String, String> labels) throws EngineException {
        String text = labels.getOrDefault(MTU, "0");
        if (!text.matches("-?\\d{1,9}")) {
            throw parseError(MTU, text, "strconv.Atoi: parsing \"" + text + "\": invalid syntax");
        }
        int mtu = Integer.parseInt(text);
        if (mtu < 0) {
            throw EngineException.badRequest("invalid MTU number: " + mtu);
        }
        return mtu;
    }

    private static int address(Map<String, String> labels, String label) throws EngineException {
        String text = labels.get(label);
        if (text == null) {
            return Ipv4.ANY;
        }
        OptionalInt address = Ipv4.parse(text);
        if (address.isEmpty()) {
            throw parseError(label, text, "nil ip");
        }
        return address.getAsInt();
    }

    private static EngineException parseError(String label, String value, String why) {
        return EngineException.badRequest("failed to parse " + label + " value: " + value + " (" + why + ")");
    }
}
