package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.command.ip.IpOptions.Family;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;
import java.util.regex.Pattern;

/** {@code ip}: options, then an object, then what to do with it ({@code ip/ip.c}). */
public final class IpProgram implements Program {
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
    private static final String VERSION = "ip utility, iproute2-7.2.0, libbpf 1.7.0";

    /** The objects in the order in which an abbreviation is looked for, as {@code ip.c} has them. */
    private static final List<String> OBJECTS = List.of("address", "addrlabel", "maddress", "route", "rule", "neighbor", "neighbour",
            "ntable", "ntbl", "link", "l2tp", "fou", "ila", "macsec", "tunnel", "tunl", "tuntap", "tap", "token", "tcpmetrics", "tcp_metrics", "monitor",
            "xfrm", "mroute", "mrule", "netns", "netconf", "vrf", "sr", "nexthop", "mptcp", "ioam", "stats", "help");

    @Override
    public int main(EmulatedProcess self) {
        var arguments = new Arguments(self.arguments().subList(1, self.arguments().size()));
        var options = new IpOptions();
        try {
            return run(self, options, arguments);
        } catch (IpFailure failure) {
            if (!failure.getMessage().isEmpty()) {
                self.error(failure.getMessage());
            }
            return failure.status();
        } catch (Arguments.NotEmulated notEmulated) {
            return Unsupported.answer(self, notEmulated.getMessage());
        }
    }

    private static int run(EmulatedProcess self, IpOptions options, Arguments arguments) {
        NetworkNamespace network = self.network();
        String batch = null;
        while (arguments.hasNext() && arguments.peek().startsWith("-")) {
            String word = arguments.next();
            if (word.equals("--")) {
                break;
            }
            String option = word.startsWith("--") ? word.substring(1) : word;
            if (matches(option, "-Version")) {
                self.println(VERSION);
                return 0;
            }
            if (matches(option, "-batch") && !option.equals("-br")) {
                if (!arguments.hasNext()) {
                    throw new IpFailure(255, "Error: argument \"batch file\" is required");
                }
                batch = arguments.next();
            } else if (matches(option, "-netns")) {
                network = namedNamespace(self, arguments.hasNext() ? arguments.next() : "(null)");
            } else {
                option(word, option, options, arguments);
            }
        }
        if (batch != null) {
            return batch(self, network, options, batch);
        }
        if (!arguments.hasNext()) {
            throw new IpFailure(255, Usage.IP);
        }
        return object(new IpCall(self, network, options, arguments), arguments.next());
    }

    /** A command a line, up to the first that fails, or with {@code -force} to the end ({@code do_batch}). */
    private static int batch(EmulatedProcess self, NetworkNamespace network, IpOptions options, String file) {
        String text;
        try {
            text = (file.equals("-") ? LineReader.standardInput(self) : self.context().files().readAll(self, file)).text();
        } catch (KernelException e) {
            throw new IpFailure(1, "Cannot open file \"" + file + "\" for reading: " + e.errno().message());
        }
        int status = 0;
        int number = 0;
        for (String line : text.split("\n")) {
            number++;
            String command = line.split("#", 2)[0].strip();
            if (command.isEmpty()) {
                continue;
            }
            var words = new Arguments(BLANKS.splitAsStream(command).toList());
            try {
                if (object(new IpCall(self, network, options, words), words.next()) == 0) {
                    continue;
                }
            } catch (IpFailure failure) {
                if (!failure.getMessage().isEmpty()) {
                    self.error(failure.getMessage());
                }
            }
            self.error("Command failed " + file + ":" + number);
            status = 1;
            if (!options.force) {
                break;
            }
        }
        return status;
    }

    private static void option(String word, String option, IpOptions options, Arguments arguments) {
        if (matches(option, "-loops") || option.equals("-rcvbuf") || option.equals("-rc")) {
            arguments.next();
        } else if (matches(option, "-family")) {
            options.family = family(arguments.next());
        } else if (option.equals("-4")) {
            options.family = Family.INET;
        } else if (option.equals("-6")) {
            options.family = Family.INET6;
        } else if (option.equals("-0")) {
            options.family = Family.LINK;
        } else if (option.equals("-M") || option.equals("-B")) {
            options.family = Family.OTHER;
        } else if (matches(option, "-human") || matches(option, "-human-readable")) {
            options.human = true;
        } else if (matches(option, "-stats") || matches(option, "-statistics")) {
            options.statistics++;
        } else if (matches(option, "-details")) {
            options.details = true;
        } else if (matches(option, "-resolve")) {
            throw new Arguments.NotEmulated("ip -resolve is not emulated");
        } else if (matches(option, "-oneline")) {
            options.oneLine = true;
        } else if (matches(option, "-timestamp")) {
            options.timestamp = IpOptions.Timestamp.LONG;
        } else if (matches(option, "-tshort") || option.equals("-ts")) {
            options.timestamp = IpOptions.Timestamp.SHORT;
        } else if (matches(option, "-iec")) {
            // binary prefixes are shown nowhere here
            return;
        } else if (matches(option, "-force")) {
            options.force = true;
        } else if (matches(option, "-brief")) {
            options.brief = true;
        } else if (matches(option, "-json")) {
            options.json = true;
        } else if (matches(option, "-pretty")) {
            options.pretty = true;
        } else if (matches(option, "-Numeric")) {
            options.numeric = true;
        } else if (matches(option, "-all")) {
            options.all = true;
        } else if (matches(option, "-echo")) {
            throw new Arguments.NotEmulated("ip -echo is not emulated");
        } else if (matches(option, "-help")) {
            throw new IpFailure(255, Usage.IP);
        } else if (isColour(option)) {
            options.coloured = !option.endsWith("=never") && !option.endsWith("=auto");
        } else {
            throw new IpFailure(255, "Option \"" + word + "\" is unknown, try \"ip -help\".");
        }
    }

    private static boolean isColour(String option) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        return matches(name, "-color")
                && (equals < 0 || List.of("always", "auto", "never").contains(option.substring(equals + 1)));
    }

    private static Family family(String word) {
        return switch (word) {
            case "inet" -> Family.INET;
            case "inet6" -> Family.INET6;
            case "link" -> Family.LINK;
            case "mpls", "bridge" -> Family.OTHER;
            case "help" -> throw new IpFailure(255, Usage.IP);
            default -> throw IpFailure.invalid(word, "invalid protocol family");
        };
    }

    /** The namespace of {@code -n}, into which the process goes ({@code netns_switch}). */
    private static NetworkNamespace namedNamespace(EmulatedProcess self, String name) {
        NetworkNamespace network = NamedNamespaces.open(self, name);
        if (!self.context().may(Capability.SYS_ADMIN)) {
            throw new IpFailure(255, "setting the network namespace \"" + name + "\" failed: Operation not permitted");
        }
        return network;
    }

    /** There is none of them to show. */
    private static int none(IpCall call, String object) {
        if (call.arguments().hasNext() && !Arguments.matchesAny(call.arguments().peek(), "show", "list", "lst")) {
            throw new Arguments.NotEmulated("ip " + object + " " + call.arguments().peek() + " is not emulated");
        }
        if (call.options().json) {
            call.self().println("[]");
        }
        return 0;
    }

    /** IPsec's states and policies, of which there are none either. */
    private static int transformations(IpCall call) {
        String what = call.arguments().hasNext() ? call.arguments().next() : "";
        if (!Arguments.matchesAny(what, "state", "policy")) {
            throw new Arguments.NotEmulated("ip xfrm " + what + " is not emulated");
        }
        return none(call, "xfrm " + what);
    }

    private static int forwardingDomains(IpCall call) {
        none(call, "vrf");
        call.self().print("%-16s  %5s\n%s\nNo VRF has been configured\n".formatted("Name", "Table", "-".repeat(23)));
        return 0;
    }

    /** Does what the words after the object say. */
    public static int object(IpCall call, String word) {
        String object = OBJECTS.stream().filter(name -> matches(word, name)).findFirst().orElse("");
        return switch (object) {
            case "address" -> new IpAddress(call).run();
            case "link" -> new IpLink(call).run();
            case "route" -> new IpRoute(call).run();
            case "rule" -> new IpRule(call).run();
            case "neighbor", "neighbour" -> new IpNeigh(call).run();
            case "netns" -> new IpNetns(call).run();
            case "tunnel", "tunl", "tuntap", "tap", "nexthop", "mroute" -> none(call, object);
            case "xfrm" -> transformations(call);
            case "vrf" -> forwardingDomains(call);
            case "monitor" -> new IpMonitor(call).run();
            case "maddress" -> new IpMaddress(call).run();
            case "netconf" -> new IpNetconf(call).run();
            case "help" -> throw new IpFailure(255, Usage.IP);
            case "" -> throw new IpFailure(1, "Object \"" + word + "\" is unknown, try \"ip help\".");
            default -> throw new Arguments.NotEmulated("ip " + object + " is not emulated");
        };
    }
}
