package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.packet.Mac;
import java.util.Locale;
import java.util.regex.Pattern;

/** The value of {@code --network}: a name, or {@code name=NAME,alias=…,ip=…} ({@code opts/network.go}). */
final class NetworkAttachment {
    private static final Pattern FIELDS = Pattern.compile("\\w+=.*");

    private NetworkAttachment() {}

    /** Puts into {@code endpoint} what is said; returns the network's name. */
    static String parse(String text, EndpointSettings endpoint) throws FlagException {
        if (!FIELDS.matcher(text).matches()) {
            return text;
        }
        String name = "";
        for (String field : text.split(",")) {
            int equals = field.indexOf('=');
            if (equals < 0) {
                throw new FlagException("invalid field " + field);
            }
            String value = field.substring(equals + 1).strip();
            String key = field.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            switch (key) {
                case "name" -> name = value;
                case "alias" -> endpoint.aliases.add(value);
                case "ip" -> {
                    endpoint.ipv4Address = value;
                    endpoint.hasIpamConfig = true;
                }
                case "mac-address" -> {
                    if (Mac.parse(value).isEmpty()) {
                        throw new FlagException(value + " is not a valid mac address");
                    }
                    endpoint.wantedMac = value;
                }
                case "driver-opt" -> {
                    int second = value.indexOf('=');
                    if (second < 0) {
                        throw new FlagException("invalid key value pair format in driver options");
                    }
                    endpoint.driverOpts.put(value.substring(0, second).toLowerCase(Locale.ROOT), value.substring(second + 1));
                }
                case "gw-priority" -> {
                    if (!value.matches("-?\\d{1,9}")) {
                        throw new FlagException("invalid gw-priority: strconv.Atoi: parsing \"" + value + "\": invalid syntax");
                    }
                    endpoint.gatewayPriority = Integer.parseInt(value);
                }
                default -> throw new FlagException("invalid field key " + key);
            }
        }
        if (name.isEmpty()) {
            throw new FlagException("network name/id is not specified");
        }
        return name;
    }
}
