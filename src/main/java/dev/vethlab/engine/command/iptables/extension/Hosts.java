package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import java.util.Locale;
import java.util.OptionalInt;

/** Addresses, masks and protocols as {@code libxtables} reads them. */
public final class Hosts {
    private Hosts() {}

    /** An address of one to four numbers; missing ones are 0 at the end ({@code parse_ipaddr}). */
    public static OptionalInt address(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return OptionalInt.empty();
        }
        int address = 0;
        for (int i = 0; i < 4; i++) {
            int part = 0;
            if (i < parts.length) {
                if (parts[i].isEmpty() || parts[i].length() > 3 || !parts[i].chars().allMatch(c -> c >= '0' && c <= '9')) {
                    return OptionalInt.empty();
                }
                part = Integer.parseInt(parts[i]);
            }
            if (part > 255) {
                return OptionalInt.empty();
            }
            address = address << 8 | part;
        }
        return OptionalInt.of(address);
    }

    /** A prefix length or a dotted mask. */
    public static int mask(String text) throws IptablesException {
        if (text.indexOf('.') >= 0) {
            OptionalInt mask = Ipv4.parse(text);
            if (mask.isPresent()) {
                return mask.getAsInt();
            }
        } else {
            Long length = Numbers.parse(text);
            if (length != null && length <= 32) {
                return Ipv4.mask(length.intValue());
            }
        }
        throw IptablesException.parameter("invalid mask `" + text + "' specified");
    }

    /** The number of a protocol; 0 for all. */
    public static int protocol(String text) throws IptablesException {
        String name = text.toLowerCase(Locale.ROOT);
        Long number = Numbers.parse(name);
        if (number != null && number <= 255) {
            return number.intValue();
        }
        if (name.equals("all")) {
            return 0;
        }
        switch (name) {
            case "icmpv6" -> {
                return 58;
            }
            case "mh", "ipv6-mh" -> {
                return 135;
            }
            default -> {}
        }
        return IpProtocol.number(name).orElseThrow(() -> IptablesException.parameter("unknown protocol \"" + name + "\" specified"));
    }
}
