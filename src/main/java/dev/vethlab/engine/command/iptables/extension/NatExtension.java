package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.conntrack.NatRange;
import dev.vethlab.engine.kernel.netfilter.target.DnatTarget;
import dev.vethlab.engine.kernel.netfilter.target.MasqueradeTarget;
import dev.vethlab.engine.kernel.netfilter.target.RedirectTarget;
import dev.vethlab.engine.kernel.netfilter.target.SnatTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import dev.vethlab.engine.packet.Ipv4;
import java.util.List;
import java.util.OptionalInt;

/** {@code -j DNAT}, {@code SNAT}, {@code MASQUERADE} and {@code REDIRECT} ({@code libxt_NAT.c}). */
final class NatExtension extends TargetExtension {
    private final Kind kind;
    private NatRange range = NatRange.ANY;
    private boolean random;
    private boolean randomFully;
    private boolean persistent;

    /** Which of the four. */
    enum Kind {
        DNAT("to-destination"),
        SNAT("to-source"),
        MASQUERADE("to-ports"),
        REDIRECT("to-ports");

        private final String to;

        Kind(String to) {
            this.to = to;
        }
    }

    NatExtension(Kind kind) {
        super(kind.name(), options(kind));
        this.kind = kind;
    }

    private static List<Option> options(Kind kind) {
        return switch (kind) {
            case DNAT -> List.of(Option.value(kind.to), Option.flag("random"), Option.flag("persistent"));
            case SNAT -> List.of(Option.value(kind.to), Option.flag("random"), Option.flag("random-fully"), Option.flag("persistent"));
            case MASQUERADE -> List.of(Option.value(kind.to), Option.flag("random"), Option.flag("random-fully"));
            case REDIRECT -> List.of(Option.value(kind.to), Option.flag("random"));
        };
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "random" -> random = true;
            case "random-fully" -> randomFully = true;
            case "persistent" -> persistent = true;
            case "to-ports" -> range = ports(NatRange.ANY, value);
            default -> range = addresses(value);
        }
    }

    private NatRange addresses(String text) throws IptablesException {
        int colon = text.indexOf(':');
        String addresses = colon < 0 ? text : text.substring(0, colon);
        NatRange range = NatRange.ANY;
        if (!addresses.isEmpty() || colon < 0) {
            int dash = addresses.indexOf('-');
            int low = address(dash < 0 ? addresses : addresses.substring(0, dash));
            int high = dash < 0 ? low : address(addresses.substring(dash + 1));
            range = new NatRange(low, high, 0, 0, true, false, false, false, false, false, -1);
        }
        return colon < 0 ? range : ports(range, text.substring(colon + 1));
    }

    private static int address(String text) throws IptablesException {
        OptionalInt address = Ipv4.parse(text);
        if (address.isEmpty()) {
            throw IptablesException.parameter("Bad IP address \"" + text + "\"");
        }
        return address.getAsInt();
    }

    private NatRange ports(NatRange range, String text) throws IptablesException {
        int slash = kind == Kind.DNAT ? text.indexOf('/') : -1;
        int base = slash < 0 ? -1 : port(text.substring(slash + 1));
        String given = slash < 0 ? text : text.substring(0, slash);
        int dash = given.indexOf('-');
        int low = port(dash < 0 ? given : given.substring(0, dash));
        int high = dash < 0 ? low : port(given.substring(dash + 1));
        if (high < low) {
            throw IptablesException.parameter("Port range `" + given.substring(dash + 1) + "' funky");
        }
        return new NatRange(range.minAddress(), range.maxAddress(), low, high, range.mapsAddress(), true, false, false, false, false,
                base);
    }

    private static int port(String text) throws IptablesException {
        int port = Numbers.port(text);
        if (port < 0) {
            throw IptablesException.parameter("Port `" + text + "' not valid");
        }
        return port;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (kind == Kind.DNAT || kind == Kind.SNAT) {
            require(kind.to);
        }
        if (range.mapsPort() && !(kind == Kind.MASQUERADE && rule.protocol() != null)) {
            rule.needPorts("Need TCP, UDP, SCTP or DCCP with port specification");
        }
        if (range.mapsPort() && rule.protocol() == null) {
            throw IptablesException.parameter("Need TCP, UDP, SCTP or DCCP with port specification");
        }
    }

    @Override
    public Target target() {
        var all = new NatRange(range.minAddress(), range.maxAddress(), range.minPort(), range.maxPort(), range.mapsAddress(),
                range.mapsPort(), random, randomFully, persistent, false, range.basePort());
        return switch (kind) {
            case DNAT -> new DnatTarget(all);
            case SNAT -> new SnatTarget(all);
            case MASQUERADE -> new MasqueradeTarget(all);
            case REDIRECT -> new RedirectTarget(all);
        };
    }
}
