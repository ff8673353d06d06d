package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.PortBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The other way to write {@code -p}: {@code target=80,published=8080,protocol=tcp} ({@code opts/swarmopts/port.go}). */
final class LongPortSyntax {
    private LongPortSyntax() {}

    static void publish(String spec, Map<Port, List<PortBinding>> bindings) throws FlagException {
        int target = 0;
        String published = "";
        String protocol = "tcp";
        for (String field : spec.split(",")) {
            int equals = field.indexOf('=');
            if (equals < 0) {
                throw new FlagException("invalid field: " + field);
            }
            String value = field.substring(equals + 1);
            switch (field.substring(0, equals)) {
                case "target" -> target = number(value, "target");
                case "published" -> published = Integer.toString(number(value, "published"));
                case "protocol" -> {
                    if (!List.of("tcp", "udp", "sctp").contains(value)) {
                        throw new FlagException("invalid protocol value '" + value + "'");
                    }
                    protocol = value;
                }
                case "mode" -> {
                    if (!value.equals("host") && !value.equals("ingress")) {
                        throw new FlagException("invalid publish mode value (" + value + "): must be either 'ingress' or 'host'");
                    }
                }
                default -> throw new FlagException("invalid field key: " + field.substring(0, equals));
            }
        }
        if (target == 0) {
            throw new FlagException("missing mandatory field 'target'");
        }
        bindings.computeIfAbsent(new Port(target, protocol), p -> new ArrayList<>()).add(new PortBinding("", published));
    }

    private static int number(String text, String what) throws FlagException {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
            throw new FlagException("invalid " + what + " port (" + text + "): value must be an integer: strconv.ParseUint: parsing \""
                    + text
                    + "\": invalid syntax");
        }
        return Integer.parseInt(text);
    }
}
