package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.kernel.Notification;
import dev.vethlab.engine.kernel.Notifications;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.sim.CalendarTime;
import dev.vethlab.engine.sim.WaitQueue;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code ip monitor}: what changes in the namespace, until a signal ends it ({@code ipmonitor.c}). */
final class IpMonitor {
    /** Beyond this many unread notifications the kernel forgets some ({@code ENOBUFS}). */
    private static final int MAX_UNREAD = 2000;

    private enum Subject {
        LINK("[LINK]"),
        ADDRESS("[ADDR]"),
        ROUTE("[ROUTE]"),
        NEIGHBOUR("[NEIGH]"),
        RULE("[RULE]"),
        GROUP("[ADDR]");

        private final String label;

        Subject(String label) {
            this.label = label;
        }
    }

    private final IpCall call;
    private final WaitQueue changed;
    private final ArrayDeque<String> unread = new ArrayDeque<>();
    private final Set<Subject> subjects = EnumSet.noneOf(Subject.class);
    private boolean subjectsNamed;
    private boolean labelled;
    private @Nullable NetDevice device;

    IpMonitor(IpCall call) {
        this.call = call;
        this.changed = new WaitQueue(call.self().simulation());
    }

    int run() {
        Arguments arguments = call.arguments();
        while (arguments.hasNext()) {
            parse(arguments, arguments.next());
        }
        if (!subjectsNamed) {
            subjects.addAll(EnumSet.allOf(Subject.class));
        }
        if (call.options().json) {
            throw new Arguments.NotEmulated("ip -json monitor is not emulated");
        }
        return watch();
    }

    private void parse(Arguments arguments, String word) {
        if (matches(word, "file")) {
            arguments.next();
            throw new Arguments.NotEmulated("ip monitor file is not emulated");
        } else if (matches(word, "label")) {
            labelled = true;
        } else if (word.equals("all-nsid")) {
            throw new Arguments.NotEmulated("ip monitor all-nsid is not emulated");
        } else if (matches(word, "link")) {
            subject(Subject.LINK);
        } else if (matches(word, "address")) {
            subject(Subject.ADDRESS);
        } else if (matches(word, "route")) {
            subject(Subject.ROUTE);
        } else if (matches(word, "neigh")) {
            subject(Subject.NEIGHBOUR);
        } else if (matches(word, "rule")) {
            subject(Subject.RULE);
        } else if (matches(word, "maddress")) {
            subject(Subject.GROUP);
        } else if (Arguments.matchesAny(word, "acaddress", "mroute", "prefix", "netconf", "nsid", "stats", "nexthop")) {
            // nothing of these ever changes here
            subjectsNamed = true;
        } else if (word.equals("all")) {
            labelled = true;
        } else if (matches(word, "help")) {
            throw new IpFailure(255, """
                    Usage: ip monitor [ all | OBJECTS ] [ FILE ] [ label ] [ all-nsid ]
                                      [ dev DEVICE ]
                    OBJECTS :=  address | link | mroute | maddress | acaddress | neigh |
                                netconf | nexthop | nsid | prefix | route | rule | stats
                    FILE := file FILENAME""");
        } else if (word.equals("dev")) {
            String name = arguments.next();
            device = call.network().devices().find(name);
            if (device == null) {
                throw IpFailure.invalid(name, "Device does not exist\n");
            }
        } else {
            throw new IpFailure(255, "Argument \"" + word + "\" is unknown, try \"ip monitor help\".");
        }
    }

    private void subject(Subject subject) {
        subjectsNamed = true;
        subjects.add(subject);
    }

    private int watch() {
        EmulatedProcess self = call.self();
        Notifications notifications = call.network().notifications();
        Consumer<Notification> listener = this::hear;
        notifications.add(listener);
        self.onExit(() -> notifications.remove(listener));
        while (true) {
            self.await(changed, () -> !unread.isEmpty(), EmulatedProcess.FOREVER);
            while (!unread.isEmpty()) {
                self.print(unread.poll());
            }
        }
    }

    /** Written at once: what a notification tells about is what it was then. */
    private void hear(Notification news) {
        if (unread.size() >= MAX_UNREAD || !isWanted(news)) {
            return;
        }
        Printer out = call.options().printer();
        out.text(timestamp());
        if (labelled) {
            out.text(subject(news).label);
        }
        if (news.deleted()) {
            out.text("Deleted ");
        }
        switch (news) {
            case Notification.Link link -> new LinkPrinter(call, out, true).printNews(link.device());
            case Notification.Address address -> new IpAddressShow(call).printNews(out, address.device(), address.address());
            case Notification.Group group -> print(out, group);
            case Notification.RouteOf route -> print(out, route);
            case Notification.Neighbour neighbour -> new IpNeigh(call).printOne(out, neighbour.entry(), device != null);
            case Notification.Rule rule ->
                    new RulePrinter(call, out, call.network().routing().policy().isUnresolved(rule.rule())).print(rule.rule());
        }
        unread.add(out.finished());
        changed.wakeAll();
    }

    /** {@code print_timestamp} of {@code lib/utils.c}. */
    private String timestamp() {
        ZonedDateTime now = CalendarTime.at(call.self().now());
        return switch (call.options().timestamp) {
            case NONE -> "";
            case LONG -> DateTimeFormatter.ofPattern("'Timestamp: 'EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT).format(now)
                    + String.format(Locale.ROOT, " %d usec\n", now.getNano() / 1000);
            case SHORT -> DateTimeFormatter.ofPattern("'['yyyy-MM-dd'T'HH:mm:ss.SSSSSS'] '", Locale.ROOT).format(now);
        };
    }

    private static Subject subject(Notification news) {
        return switch (news) {
            case Notification.Link link -> Subject.LINK;
            case Notification.Address address -> Subject.ADDRESS;
            case Notification.Group group -> Subject.GROUP;
            case Notification.RouteOf route -> Subject.ROUTE;
            case Notification.Neighbour neighbour -> Subject.NEIGHBOUR;
            case Notification.Rule rule -> Subject.RULE;
        };
    }

    private boolean isWanted(Notification news) {
        boolean inet = call.options().wantsInet();
        return subjects.contains(subject(news)) && switch (news) {
            case Notification.Link link -> concerns(link.device());
            case Notification.Address address -> inet && concerns(address.device());
            case Notification.Group group -> inet && concerns(group.device());
            case Notification.RouteOf route -> inet && (device == null || route.route().leadsBy(device));
            case Notification.Neighbour neighbour -> concerns(neighbour.entry().device());
            case Notification.Rule rule -> true;
        };
    }

    private boolean concerns(NetDevice about) {
        return device == null || device == about;
    }

    private static void print(Printer out, Notification.Group group) {
        NetDevice of = group.device();
        out.text(of.index() + ": " + of.name() + "    inet mcast " + Ipv4.text(group.address()) + " scope global ");
        out.newLine();
        out.text("       valid_lft forever preferred_lft forever\n");
    }

    private void print(Printer out, Notification.RouteOf route) {
        var filter = new RouteFilter();
        filter.table = 0;
        filter.device = device;
        new RoutePrinter(call, out, filter).print(route.table(), route.route());
    }
}
