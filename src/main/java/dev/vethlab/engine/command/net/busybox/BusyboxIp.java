package dev.vethlab.engine.command.net.busybox;

import dev.vethlab.engine.command.ip.Arguments;
import dev.vethlab.engine.command.ip.IpCall;
import dev.vethlab.engine.command.ip.IpFailure;
import dev.vethlab.engine.command.ip.IpOptions;
import dev.vethlab.engine.command.ip.IpOptions.Family;
import dev.vethlab.engine.command.ip.IpProgram;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;

/** The {@code ip} applet: iproute2's objects and words with few options, and complaints of its own ({@code networking/ip.c}). */
final class BusyboxIp {
    private static final List<String> OBJECTS = List.of("address", "route", "link", "tunnel", "tunl", "neigh", "rule");

    private static final String USAGE = """
            Usage: ip [OPTIONS] address|route|link|tunnel|neigh|rule [ARGS]

            OPTIONS := -f[amily] inet|inet6|link | -o[neline]

            ip addr add|del IFADDR dev IFACE | show|flush [dev IFACE] [to PREFIX]
            ip route list|flush|add|del|change|append|replace|test ROUTE
            ip link set IFACE [up|down] [arp on|off] [multicast on|off]
            \t[promisc on|off] [mtu NUM] [name NAME] [qlen NUM] [address MAC]
            \t[master IFACE | nomaster] [netns PID] [type TYPE ARGS]
            ip tunnel add|change|del|show [NAME]
            \t[mode ipip|gre|sit] [remote ADDR] [local ADDR] [ttl TTL]
            ip neigh show|flush [to PREFIX] [dev DEV] [nud STATE]
            ip rule [list] | add|del SELECTOR ACTION
            """;

    private final EmulatedProcess self;
    private final Arguments arguments;

    private BusyboxIp(EmulatedProcess self) {
        this.self = self;
        this.arguments = new Arguments(self.arguments().subList(1, self.arguments().size()));
    }

    static int main(EmulatedProcess self) {
        return new BusyboxIp(self).run();
    }

    private int run() {
        var family = Family.UNSPECIFIED;
        boolean oneLine = false;
        while (arguments.hasNext() && arguments.peek().startsWith("-")) {
            String option = arguments.next().substring(1);
            if (isPrefix(option, "oneline")) {
                oneLine = true;
            } else if (isPrefix(option, "family")) {
                String word = arguments.hasNext() ? arguments.next() : "";
                switch (word) {
                    case "inet" -> family = Family.INET;
                    case "inet6" -> family = Family.INET6;
                    case "link" -> family = Family.LINK;
                    default -> {
                        return complain("invalid argument '" + word + "' to 'protocol family'", 1);
                    }
                }
            } else if (option.equals("4")) {
                family = Family.INET;
            } else if (option.equals("6")) {
                family = Family.INET6;
            } else if (option.equals("0")) {
                family = Family.LINK;
            } else {
                return Busybox.usage(self, "", USAGE);
            }
        }
        String word = arguments.hasNext() ? arguments.next() : "";
        String object = OBJECTS.stream().filter(name -> isPrefix(word, name)).findFirst().orElse("");
        return object.isEmpty() ? Busybox.usage(self, "", USAGE) : object(IpOptions.ofBusybox(family, oneLine), object);
    }

    private static boolean isPrefix(String word, String name) {
        return !word.isEmpty() && name.startsWith(word);
    }

    private int object(IpOptions options, String object) {
        List<String> words = arguments.rest();
        try {
            return IpProgram.object(new IpCall(self, self.network(), options, new Arguments(words)), object);
        } catch (IpFailure failure) {
            boolean link = object.equals("link");
            return switch (failure.kind()) {
                // do_chflags() asks for the flags of what it is to set
                case NO_DEVICE -> link && words.getFirst().startsWith("s") && words.stream().anyMatch(List.of("up", "down")::contains)
                        ? complain("SIOCGIFFLAGS: No such device", 1)
                        : complain("can't find device '" + failure.subject() + "'", link ? 2 : 1);
                case UNKNOWN_COMMAND -> complain("invalid argument '" + failure.subject() + "' to 'ip'", 1);
                case REFUSED -> complain((link && words.getFirst().startsWith("s") ? request(words) : "RTNETLINK answers") + ": "
                        + failure.subject(), 2);
                case OTHER -> words.contains("help") ? complain("invalid argument 'help' to 'ip'", 1)
                        : complain(String.valueOf(failure.getMessage()).replace("Error: ", ""), 1);
            };
        } catch (Arguments.NotEmulated notEmulated) {
            return Unsupported.answer(self, notEmulated.getMessage());
        }
    }

    /** What {@code ip link set} asks the kernel with: ioctls, one for each property ({@code iplink.c}). */
    private static String request(List<String> words) {
        return words.contains("address") ? "SIOCSIFHWADDR" : words.contains("qlen") ? "SIOCSIFTXQLEN"
                : words.contains("mtu") ? "SIOCSIFMTU" : words.contains("name") ? "SIOCSIFNAME" : "SIOCSIFFLAGS";
    }

    private int complain(String text, int status) {
        self.error("ip: " + text);
        return status;
    }
}
