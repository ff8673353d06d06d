package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.packet.Ipv4;

/** What the client checks in the values of list flags ({@code opts/}); empty if there is nothing to complain of. */
final class ListValues {
    private ListValues() {}

    /** {@code --add-host name:address}. */
    static String extraHost(String value) {
        int colon = value.indexOf(value.contains("=") ? '=' : ':');
        if (colon <= 0 || colon == value.length() - 1 && !value.endsWith(":")) {
            return "bad format for add-host: \"" + value + "\"";
        }
        String address = value.substring(colon + 1);
        return address.equals("host-gateway") || isAddress(address) ? "" : "invalid IP address in add-host: \"" + address + "\"";
    }

    static String address(String value) {
        return isAddress(value.strip()) ? "" : value + " is not an ip address";
    }

    private static boolean isAddress(String text) {
        return Ipv4.parse(text).isPresent() || (text.contains(":") && text.matches("\\[?[0-9a-fA-F:.]+]?"));
    }
}
