package dev.vethlab.engine.docker.network;

import java.util.Optional;

/** How a bridge network meets the world ({@code com.docker.network.bridge.gateway_mode_ipv4}). */
public enum GatewayMode {
    NAT("nat"),
    NAT_UNPROTECTED("nat-unprotected"),
    ROUTED("routed"),
    ISOLATED("isolated");

    private final String text;

    GatewayMode(String text) {
        this.text = text;
    }

    static Optional<GatewayMode> of(String text) {
        for (GatewayMode mode : values()) {
            if (mode.text.equals(text)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
