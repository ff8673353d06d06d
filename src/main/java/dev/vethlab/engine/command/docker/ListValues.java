package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.packet.Ipv4;
import java.util.List;
import java.util.regex.Pattern;

/** What the client checks in the values of list flags ({@code opts/}); empty if there is nothing to complain of. */
final class ListValues {
    private static final List<String> SYSCTLS = List.of("kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall",
            "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced");

    private static final Pattern DOMAIN = Pattern.compile(
            "([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(\\.([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*\\.?");

    private ListValues() {}

    /** {@code --add-host name:address}. */
    static String extraHost(String value) {
        int colon = value.indexOf(value.contains("=") ? '=' : ':');
        if (colon <= 0 || colon == value.length() - 1 && !value.endsWith(":")) {
            return "bad format for add-host: \"" + value + "\"";
        }
        String address = value.substring(colon + 1);
        return address.equals("host-gateway") || isAddress(unbracketed(address)) ? "" : "invalid IP address in add-host: \"" + address + "\"";
    }

    /** An address of {@code --add-host} without the brackets that may be around it. */
    static String unbracketed(String address) {
        boolean bracketed = address.length() > 2 && address.startsWith("[") && address.endsWith("]");
        return bracketed ? address.substring(1, address.length() - 1) : address;
    }

    static String address(String value) {
        return isAddress(value.strip()) ? "" : "IP address is not correctly formatted: " + value;
    }

    /** {@code --dns-search DOMAIN}, or {@code .} for none ({@code opts.ValidateDNSSearch}). */
    static String searchDomain(String value) {
        String domain = value.strip();
        boolean valid = domain.equals(".") || DOMAIN.matcher(domain).matches() && domain.matches(".*[a-zA-Z].*") && domain.length() < 255;
        return valid ? "" : value + " is not a valid domain";
    }

    /** {@code --sysctl NAME=VALUE}: those that belong to a namespace ({@code opts.ValidateSysctl}). */
    static String sysctl(String value) {
        String name = value.split("=", 2)[0];
        boolean allowed = SYSCTLS.contains(name) || name.startsWith("net.") || name.startsWith("fs.mqueue.");
        return allowed && value.contains("=") ? "" : "sysctl '" + value + "' is not allowed";
    }

    private static boolean isAddress(String text) {
        return Ipv4.parse(text).isPresent() || (text.contains(":") && text.matches("[0-9a-fA-F:.]+"));
    }
}
