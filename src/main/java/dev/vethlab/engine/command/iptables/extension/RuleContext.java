package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.HeaderMatch.Protocol;
import dev.vethlab.engine.packet.IpProtocol;
import org.jspecify.annotations.Nullable;

/** What an extension may know of the rule it is in. */
public record RuleContext(@Nullable Protocol protocol) {
    /** Whether the rule is for this protocol alone. */
    boolean isOnly(int number) {
        return protocol != null && !protocol.inverted() && protocol.number() == number;
    }

    /** TCP, UDP or another whose header begins with two ports. */
    boolean hasPorts() {
        return isOnly(IpProtocol.TCP) || isOnly(IpProtocol.UDP) || isOnly(IpProtocol.SCTP) || isOnly(33) || isOnly(136);
    }

    void needPorts(String message) throws IptablesException {
        if (!hasPorts()) {
            throw IptablesException.parameter(message);
        }
    }
}
