package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.packet.Services;
import org.jspecify.annotations.Nullable;

/** Numbers as {@code strtoul} with base 0 reads them, and ports. */
public final class Numbers {
    private Numbers() {}

    /** A number ≥ 0 in decimal, 0x… or 0…; null if it is none. */
    public static @Nullable Long parse(String text) {
        try {
            if (text.isEmpty() || text.charAt(0) == '-' || text.charAt(0) == '+' || text.length() > 18) {
                return null;
            }
            if (text.startsWith("0x") || text.startsWith("0X")) {
                return Long.parseLong(text.substring(2), 16);
            }
            return text.length() > 1 && text.charAt(0) == '0' ? Long.parseLong(text, 8) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** A port's number or service name; -1 if it is none. */
    static int port(String text) {
        Long number = parse(text);
        if (number != null) {
            return number > 65535 ? -1 : number.intValue();
        }
        return Services.port(text);
    }

    static int requirePort(String text) throws IptablesException {
        int port = port(text);
        if (port < 0) {
            throw IptablesException.parameter("invalid port/service `" + text + "' specified");
        }
        return port;
    }
}
