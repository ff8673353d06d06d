package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.HeaderMatch.Address;
import dev.vethlab.engine.kernel.netfilter.match.ConntrackMatch;
import dev.vethlab.engine.kernel.netfilter.match.ConntrackMatch.Condition;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.PortRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code -m conntrack}. */
final class ConntrackExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.invertible("ctstate"),
            Option.invertible("ctproto"),
            Option.invertible("ctorigsrc"),
            Option.invertible("ctorigdst"),
            Option.invertible("ctreplsrc"),
            Option.invertible("ctrepldst"),
            Option.invertible("ctorigsrcport"),
            Option.invertible("ctorigdstport"),
            Option.invertible("ctreplsrcport"),
            Option.invertible("ctrepldstport"),
            Option.invertible("ctstatus"),
            Option.invertible("ctexpire"),
            Option.value("ctdir"));
    /** The order of {@code conntrack3_save}. */
    private static final List<String> ORDER = List.of("ctstate", "ctproto", "ctorigsrc", "ctorigdst", "ctreplsrc", "ctrepldst",
            "ctorigsrcport", "ctorigdstport", "ctreplsrcport", "ctrepldstport", "ctstatus", "ctexpire", "ctdir");

    private final List<Condition> conditions = new ArrayList<>();

    ConntrackExtension() {
        super("conntrack", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        boolean reply = option.startsWith("ctrepl");
        boolean destination = option.contains("dst");
        conditions.add(switch (option) {
            case "ctstate" -> new ConntrackMatch.State(states(value), inverted);
            case "ctproto" -> new ConntrackMatch.Protocol(Hosts.protocol(value), inverted);
            case "ctorigsrc", "ctorigdst", "ctreplsrc", "ctrepldst" ->
                    new ConntrackMatch.TupleAddress(reply, destination, address(value, inverted));
            case "ctorigsrcport", "ctorigdstport", "ctreplsrcport", "ctrepldstport" ->
                    new ConntrackMatch.TuplePort(reply, destination, ports(value, inverted));
            case "ctstatus" -> new ConntrackMatch.Status(statuses(value), inverted);
            case "ctexpire" -> new ConntrackMatch.Expire(range(option, value, 0, 0xFFFFFFFFL), inverted);
            default -> new ConntrackMatch.Direction(direction(value));
        });
    }

    static int states(String text) throws IptablesException {
        int states = 0;
        for (String word : text.split(",", -1)) {
            int state = ConntrackMatch.state(word);
            if (state == 0) {
                throw IptablesException.parameter("Bad ctstate \"" + word + "\"");
            }
            states |= state;
        }
        return states;
    }

    private static int statuses(String text) throws IptablesException {
        int statuses = 0;
        for (String word : text.split(",", -1)) {
            int status = ConntrackMatch.status(word);
            if (status == 0 && !word.equalsIgnoreCase("NONE")) {
                throw IptablesException.parameter("Bad ctstatus \"" + word + "\"");
            }
            statuses |= status;
        }
        return statuses;
    }

    private static Address address(String text, boolean inverted) throws IptablesException {
        int slash = text.indexOf('/');
        int mask = slash < 0 ? -1 : Hosts.mask(text.substring(slash + 1));
        var address = Hosts.address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            throw IptablesException.parameter("getaddrinfo: Name or service not known\n");
        }
        return new Address(address.getAsInt() & mask, mask, inverted);
    }

    private static PortRange ports(String text, boolean inverted) throws IptablesException {
        int colon = text.indexOf(':');
        int low = port(colon < 0 ? text : text.substring(0, colon));
        return new PortRange(low, colon < 0 ? low : port(text.substring(colon + 1)), inverted);
    }

    private static int port(String text) throws IptablesException {
        int port = Numbers.port(text);
        if (port < 0) {
            throw IptablesException.parameter("Port \"" + text + "\" does not resolve to anything.\n");
        }
        return port;
    }

    private boolean direction(String text) throws IptablesException {
        if (text.equalsIgnoreCase("REPLY")) {
            return true;
        }
        if (text.equalsIgnoreCase("ORIGINAL")) {
            return false;
        }
        throw badValue("ctdir", text);
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (conditions.isEmpty()) {
            throw IptablesException.parameter("conntrack: At least one option is required");
        }
    }

    @Override
    public Match match() {
        conditions.sort(Comparator.comparingInt(condition -> ORDER.indexOf(condition.option())));
        return new ConntrackMatch(List.copyOf(conditions));
    }
}
