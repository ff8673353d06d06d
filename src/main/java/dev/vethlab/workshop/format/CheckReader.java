package dev.vethlab.workshop.format;

import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Stage;
import dev.vethlab.workshop.check.Check;
import dev.vethlab.workshop.check.CommandPattern;
import dev.vethlab.workshop.check.Observation;
import dev.vethlab.workshop.check.PacketField;
import dev.vethlab.workshop.check.PacketPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what lessons look at: checks, and where the truth about a prediction is seen. */
final class CheckReader {
    private static final Set<String> OUTCOMES = new TreeSet<>(Set.of("continues", "delivered", "held", "dropped", "ended"));
    private static final Set<String> PROTOCOLS = new TreeSet<>(Set.of("arp", "icmp", "tcp", "udp"));
    private static final Set<String> STATES =
            new TreeSet<>(Set.of("running", "exited", "created", "paused", "restarting", "absent"));

    private CheckReader() {}

    /** The checks in a mapping: one under its own key, several under {@code all}. */
    static List<Check> checks(Fields fields) {
        List<Fields> all = fields.list("all", "");
        List<Check> checks = new ArrayList<>();
        for (Fields one : all) {
            checks.add(check(one));
            one.end();
        }
        if (all.isEmpty()) {
            checks.add(check(fields));
        }
        return List.copyOf(checks);
    }

    private static Check check(Fields fields) {
        Fields of;
        Check check;
        if ((of = fields.fields("container", "name")) != null) {
            String state = of.one("state", known(STATES));
            check = new Check.ContainerState(of.required("name"), state == null ? "running" : state);
        } else if ((of = fields.fields("network", "")) != null) {
            check = new Check.OnNetwork(of.required("container"), of.required("name"), of.flag("absent"));
        } else if ((of = fields.fields("rule", "")) != null) {
            String table = of.one("table", name -> TableName.named(name) == null ? null : name);
            check = new Check.RuleIn(of.text("on", "host"), table == null ? "filter" : table, of.required("contains"), of.flag("absent"));
        } else if ((of = fields.fields("device", "name")) != null) {
            check = new Check.DeviceIn(of.text("on", "host"), of.required("name"), of.text("address", ""), of.text("master", ""),
                    of.text("mtu", ""), of.flag("up"), of.flag("absent"));
        } else if ((of = fields.fields("route", "")) != null) {
            Pattern matches = of.pattern("matches");
            check = new Check.RouteIn(of.text("on", "host"), matches == null ? literal(of.required("contains")) : matches,
                    of.flag("absent"));
        } else if ((of = fields.fields("sysctl", "")) != null) {
            check = new Check.SysctlIn(of.text("on", "host"), of.required("name"), of.required("value"));
        } else if ((of = fields.fields("file", "")) != null) {
            check = new Check.FileIn(of.text("on", "host"), of.required("path"), of.required("contains"));
        } else if ((of = fields.fields("packet", "")) != null) {
            check = new Check.PacketPassed(packet(of));
        } else if ((of = fields.fields("connection", "")) != null) {
            check = new Check.PacketPassed(answered(of.required("from"), of.required("to")));
        } else if ((of = fields.fields("command", "matches")) != null) {
            check = new Check.CommandEnded(command(of));
        } else {
            throw fields.wrong("what to check is missing: container, network, rule, device, route, sysctl, file, packet, connection, "
                    + "command or all");
        }
        of.end();
        return check;
    }

    private static Pattern literal(String text) {
        return Pattern.compile(text, Pattern.LITERAL);
    }

    /** Data of the application at {@code to} came back to {@code from}. */
    private static PacketPattern answered(String from, String to) {
        return new PacketPattern(from, Stage.SOCKET, "delivered", null, null, to, null, null, null, null, null, null, true);
    }

    private static PacketPattern packet(Fields of) {
        return new PacketPattern(
                of.text("at"),
                of.one("stage", name -> enumNamed(Stage.values(), name)),
                of.one("outcome", known(OUTCOMES)),
                of.one("reason", name -> enumNamed(DropReason.values(), name) == null ? null : name),
                of.one("proto", known(PROTOCOLS)),
                of.text("src"),
                of.text("dst"),
                of.text("was"),
                of.text("flags"),
                of.text("kind"),
                of.text("rule"),
                of.one("state", name -> name.toUpperCase(Locale.ROOT).equals(name) ? name : null),
                of.yesOrNo("data"));
    }

    private static CommandPattern command(Fields of) {
        Pattern text = of.pattern("matches");
        return new CommandPattern(of.text("on"), text == null ? Pattern.compile("") : text, of.number("status"), of.pattern("output"));
    }

    /** Where a prediction's truth is seen; null if the mapping does not say. */
    static @Nullable Observation observation(Fields fields) {
        Fields of = fields.fields("see", "");
        if (of == null) {
            return null;
        }
        Observation seen;
        Fields command = of.fields("command", "matches");
        if (command != null) {
            seen = new Observation.InCommand(command(command), of.pattern("capture"));
            command.end();
        } else {
            PacketField field = of.one("field", name -> PacketField.named(name).orElse(null));
            if (field == null) {
                throw of.wrong("\"see\" needs a \"field\" of a packet, or a \"command\"");
            }
            seen = new Observation.InPacket(packet(of), field);
        }
        of.end();
        return seen;
    }

    private static java.util.function.Function<String, @Nullable String> known(Set<String> names) {
        return name -> names.contains(name) ? name : null;
    }

    private static <E extends Enum<E>> @Nullable E enumNamed(E[] values, String name) {
        return Arrays.stream(values).filter(value -> value.name().equals(name)).findFirst().orElse(null);
    }
}
