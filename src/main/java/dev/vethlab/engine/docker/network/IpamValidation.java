package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.NetworkCreate;
import dev.vethlab.engine.docker.api.Subnet;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether what was asked for makes sense; all complaints at once ({@code api/types/network/ipam.go}). */
final class IpamValidation {
    private IpamValidation() {}

    static void check(NetworkCreate request) throws EngineException {
        var complaints = new ArrayList<String>();
        for (NetworkCreate.IpamConfig config : request.ipam) {
            check(config, complaints);
        }
        if (!complaints.isEmpty()) {
            throw EngineException.badRequest("invalid network config:\n"
                    + (complaints.size() == 1 ? complaints.getFirst() : "* " + String.join("\n* ", complaints)));
        }
    }

    private static void check(NetworkCreate.IpamConfig config, List<String> complaints) {
        Subnet subnet = Subnet.parse(config.subnet()).orElse(null);
        if (subnet == null) {
            if (!config.subnet().isEmpty()) {
                complaints.add("invalid subnet " + config.subnet() + ": invalid CIDR block notation");
            }
            return;
        }
        if (!subnet.equals(subnet.masked())) {
            complaints.add("invalid subnet " + subnet + ": it should be " + subnet.masked());
        }
        checkRange(config.ipRange(), subnet, complaints);
        checkAddress(config.gateway(), subnet, "gateway " + config.gateway(), complaints);
        for (Map.Entry<String, String> auxiliary : config.auxiliaryAddresses().entrySet()) {
            checkAddress(auxiliary.getValue(), subnet, "auxiliary address " + auxiliary.getKey(), complaints);
        }
    }

    private static void checkRange(String text, Subnet subnet, List<String> complaints) {
        if (text.isEmpty()) {
            return;
        }
        Subnet range = Subnet.parse(text).orElse(null);
        if (range == null) {
            complaints.add("invalid ip-range " + text + ": invalid CIDR block notation");
        } else {
            if (!range.equals(range.masked())) {
                complaints.add("invalid ip-range " + range + ": it should be " + range.masked());
            }
            if (range.length() < subnet.length()) {
                complaints.add("invalid ip-range " + range + ": CIDR block is bigger than its parent subnet " + subnet);
            }
            if (!subnet.overlaps(range)) {
                complaints.add("invalid ip-range " + range + ": parent subnet " + subnet + " doesn't contain ip-range");
            }
        }
    }

    private static void checkAddress(String text, Subnet subnet, String what, List<String> complaints) {
        if (text.isEmpty()) {
            return;
        }
        var address = Ipv4.parse(text);
        if (address.isEmpty()) {
            complaints.add("invalid " + what + ": invalid address");
        } else if (!subnet.contains(address.getAsInt())) {
            complaints.add("invalid " + what + ": parent subnet " + subnet + " doesn't contain this address");
        }
    }
}
