package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.NetworkCreate;
import dev.vethlab.engine.docker.api.Subnet;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts {@code --subnet}, {@code --gateway}, {@code --ip-range} and {@code --aux-address} together ({@code createIPAMConfig}). */
final class SubnetOptions {
    private SubnetOptions() {}

    static List<NetworkCreate.IpamConfig> consolidate(ParsedFlags flags) throws FlagException {
        List<String> subnets = split(flags.texts("subnet"));
        List<String> ranges = split(flags.texts("ip-range"));
        List<String> gateways = split(flags.texts("gateway"));
        if (subnets.size() < ranges.size() || subnets.size() < gateways.size()) {
            throw new FlagException("every ip-range or gateway must have a corresponding subnet");
        }
        Map<String, String> rangeOf = new LinkedHashMap<>();
        Map<String, String> gatewayOf = new LinkedHashMap<>();
        Map<String, Map<String, String>> auxiliaryOf = new LinkedHashMap<>();
        for (int i = 0; i < subnets.size(); i++) {
            for (int j = i + 1; j < subnets.size(); j++) {
                if (overlap(subnets.get(i), subnets.get(j))) {
                    throw new FlagException("multiple overlapping subnet configuration is not supported");
                }
            }
        }
        for (String range : ranges) {
            String subnet = holder(subnets, range.contains("/") ? range.substring(0, range.indexOf('/')) : range);
            if (subnet == null) {
                throw new FlagException("no matching subnet for range " + range);
            }
            if (rangeOf.put(subnet, range) != null) {
                throw new FlagException("cannot configure multiple ranges (" + range + ", " + rangeOf.get(subnet) + ") on the same subnet ("
                        + subnet + ")");
            }
        }
        for (String gateway : gateways) {
            String subnet = holder(subnets, gateway);
            if (subnet == null) {
                throw new FlagException("no matching subnet for gateway " + gateway);
            }
            if (gatewayOf.put(subnet, gateway) != null) {
                throw new FlagException("cannot configure multiple gateways (" + gateway + ", " + gatewayOf.get(subnet)
                        + ") for the same subnet (" + subnet + ")");
            }
        }
        for (String auxiliary : flags.texts("aux-address")) {
            int equals = auxiliary.indexOf('=');
            String address = auxiliary.substring(equals + 1);
            String subnet = holder(subnets, address);
            if (subnet == null) {
                throw new FlagException("no matching subnet for aux-address " + (equals < 0 ? "" : address));
            }
            auxiliaryOf.computeIfAbsent(subnet, s -> new LinkedHashMap<>()).put(auxiliary.substring(0, Math.max(0, equals)), address);
        }
        var configs = new ArrayList<NetworkCreate.IpamConfig>();
        for (String subnet : subnets) {
            configs.add(new NetworkCreate.IpamConfig(subnet, rangeOf.getOrDefault(subnet, ""), gatewayOf.getOrDefault(subnet, ""),
                    auxiliaryOf.getOrDefault(subnet, Collections.emptyMap())));
        }
        return configs;
    }

    private static List<String> split(List<String> texts) {
        return texts.stream().flatMap(t -> List.of(t.split(",")).stream()).toList();
    }

    private static boolean overlap(String one, String other) {
        Subnet first = Subnet.parse(one).orElse(null);
        Subnet second = Subnet.parse(other).orElse(null);
        return first != null && second != null && first.overlaps(second);
    }

    /** The subnet that contains an address. */
    private static @Nullable String holder(List<String> subnets, String address) {
        int number = Ipv4.parse(address).orElse(0);
        for (String subnet : subnets) {
            Subnet parsed = Subnet.parse(subnet).orElse(null);
            if (parsed != null && parsed.contains(number)) {
                return subnet;
            }
        }
        return null;
    }
}
