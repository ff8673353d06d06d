package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.NetmapTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import dev.vethlab.engine.packet.Ipv4;
import java.util.List;
import java.util.OptionalInt;

/** {@code -j NETMAP}. */
final class NetmapExtension extends TargetExtension {
    private static final List<Option> OPTIONS = List.of(Option.value("to"));

    private int network;
    private int mask;

    NetmapExtension() {
        super("NETMAP", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        int slash = value.indexOf('/');
        mask = slash < 0 ? -1 : Hosts.mask(value.substring(slash + 1));
        OptionalInt address = Ipv4.parse(slash < 0 ? value : value.substring(0, slash));
        if (address.isEmpty()) {
            throw IptablesException.parameter("NETMAP: Bad value for \"--to\" option: \"" + value + "\"");
        }
        network = address.getAsInt() & mask;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("to");
    }

    @Override
    public Target target() {
        return new NetmapTarget(network, mask);
    }
}
