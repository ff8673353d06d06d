package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.command.ip.Arguments.Prefix;
import dev.vethlab.engine.command.ip.IpOptions.Family;
import dev.vethlab.engine.command.ip.Printer.Colour;
import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.Ipv6Address;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code ip address show} and {@code flush}: the same words choose addresses ({@code ipaddr_list_flush_or_save}). */
final class IpAddressShow {
    private static final long SECOND = 1_000_000_000L;
    private static final long NEVER = 0xFFFFFFFFL;

    private final IpCall call;
    private final IpOptions options;
    private final Arguments arguments;
    private final DeviceFilter devices;
    private @Nullable Prefix prefix;
    private @Nullable Scope scope;
    private @Nullable Pattern label;
    private boolean news;
    private final Map<String, Boolean> flags = new LinkedHashMap<>();

    IpAddressShow(IpCall call) {
        this.call = call;
        this.options = call.options();
        this.arguments = call.arguments();
        this.devices = new DeviceFilter(call);
    }

    // ---- the words ----

    private void parse() {
        while (arguments.hasNext()) {
            String word = arguments.next();
            if (word.equals("to")) {
                prefix = arguments.prefix();
                options.family = Family.INET;
            } else if (word.equals("scope")) {
                scope(arguments.next());
            } else if (word.equals("label")) {
                label = glob(arguments.next());
            } else if (word.equals("proto")) {
                throw new Arguments.NotEmulated("ip address show proto is not emulated");
            } else if (!flag(word) && !devices.take(word)) {
                if (!word.equals("dev") && matches(word, "help")) {
                    throw new IpFailure(255, Usage.ADDRESS);
                }
                devices.takeName(word);
            }
        }
    }

    private void scope(String value) {
        if (value.equals("all")) {
            return;
        }
        scope = RouteNames.scope(value);
        if (scope == null) {
            throw IpFailure.invalid(value, "invalid \"scope\"\n");
        }
    }

    private boolean flag(String word) {
        boolean not = word.startsWith("-");
        String name = not ? word.substring(1) : word;
        switch (name) {
            case "permanent" -> flags.put("dynamic", not);
            case "dynamic" -> flags.put("dynamic", !not);
            case "secondary", "temporary" -> flags.put("secondary", !not);
            case "primary" -> flags.put("secondary", not);
            case "tentative", "deprecated", "dadfailed", "home", "nodad", "mngtmpaddr", "noprefixroute", "autojoin" ->
                    flags.put(name, !not);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A label may be a shell pattern ({@code fnmatch}). */
    private static Pattern glob(String text) {
        var regex = new StringBuilder();
        for (char c : text.toCharArray()) {
            regex.append(switch (c) {
                case '*' -> ".*";
                case '?' -> ".";
                default -> Pattern.quote(String.valueOf(c));
            });
        }
        return Pattern.compile(regex.toString());
    }

    private boolean passes(InterfaceAddress address) {
        Map<String, Boolean> own = IpAddress.flags(address, call.self().now());
        return options.wantsInet()
                && (scope == null || address.scope() == scope)
                && (label == null || label.matcher(address.label()).matches())
                && (prefix == null || (address.prefixLength() >= 0 && Ipv4.inPrefix(address.address(), prefix.address(), prefix.length())))
                && flags.entrySet().stream().allMatch(f -> own.getOrDefault(f.getKey(), false).equals(f.getValue()));
    }

    private boolean passes(NetDevice device, Ipv6Address address) {
        boolean secondary = flags.getOrDefault("secondary", false);
        return options.wantsInet6()
                && (label == null || label.matcher(device.name()).matches())
                && (scope == null || address.scope() == scope)
                && !secondary
                && !flags.getOrDefault("dynamic", false)
                && (!flags.containsKey("tentative") || flags.get("tentative") == address.tentative());
    }

    // ---- show ----

    int show() {
        parse();
        Printer out = options.printer();
        out.openArray();
        boolean links = !(options.oneLine && !options.brief && options.family != Family.LINK) && label == null;
        for (NetDevice device : devices.devices()) {
            List<InterfaceAddress> inet = device.addresses().stream().filter(this::passes).toList();
            List<Ipv6Address> inet6 = device.ipv6Addresses().stream().filter(a -> passes(device, a)).toList();
            boolean bare = device.addresses().isEmpty() && device.ipv6Addresses().isEmpty();
            boolean shown = !inet.isEmpty() || !inet6.isEmpty() || options.family == Family.LINK
                    || (options.family == Family.UNSPECIFIED && (bare || !filters()));
            if (shown) {
                printDevice(out, device, inet, inet6, links || out.isJson());
            }
        }
        out.closeArray();
        call.print(out);
        return 0;
    }

    private boolean filters() {
        return prefix != null || scope != null || label != null || !flags.isEmpty();
    }

    private void printDevice(Printer out, NetDevice device, List<InterfaceAddress> inet, List<Ipv6Address> inet6, boolean link) {
        var links = new LinkPrinter(call, out, true, devices.namesDevice());
        out.openObject();
        if (options.brief) {
            links.printBrief(device);
        } else if (link) {
            links.print(device);
            out.newLine();
        }
        if (options.family != Family.LINK) {
            out.openArray("addr_info");
            for (InterfaceAddress address : inet) {
                print(out, device, address);
            }
            for (Ipv6Address address : inet6) {
                print(out, device, address);
            }
            out.closeArray();
        }
        if (options.brief) {
            out.text("\n");
        } else if (options.statistics > 0 && link) {
            out.text("");
            links.printStatisticsBelow(device);
        }
        out.closeObject();
    }

    /** One of {@code ip monitor}. */
    void printNews(Printer out, NetDevice device, InterfaceAddress address) {
        news = true;
        print(out, device, address);
    }

    private void begin(Printer out, NetDevice device, String family) {
        out.openObject();
        if (options.brief) {
            return;
        }
        if (options.oneLine || news) {
            out.text(device.index() + ": " + device.name());
        }
        out.both("family", "    ", family, " ");
    }

    private void print(Printer out, NetDevice device, InterfaceAddress address) {
        begin(out, device, "inet");
        boolean pointToPoint = address.peer() != address.address();
        out.coloured(Colour.INET, "local", "", Ipv4.text(address.address()), "");
        if (pointToPoint) {
            out.coloured(Colour.INET, "address", " peer ", Ipv4.text(address.peer()), "");
        }
        out.both("prefixlen", "/", address.prefixLength(), " ");
        if (address.metric() != 0) {
            out.both("metric", "metric ", Integer.toUnsignedLong(address.metric()), " ");
        }
        if (!options.brief) {
            if (address.broadcast() != 0) {
                out.coloured(Colour.INET, "broadcast", "brd ", Ipv4.text(address.broadcast()), " ");
            }
            out.both("scope", "scope ", address.scope().text(), " ");
            IpAddress.flags(address, call.self().now()).forEach((name, on) -> {
                if (on) {
                    out.json(name, true);
                    out.text(name + " ");
                }
            });
            out.both("label", "", address.label(), "");
            lifetime(out, address.validUntil(), address.preferredUntil());
        }
        out.closeObject();
    }

    private void print(Printer out, NetDevice device, Ipv6Address address) {
        begin(out, device, "inet6");
        out.coloured(Colour.INET6, "local", "", address.text(), "");
        out.both("prefixlen", "/", address.prefixLength(), " ");
        if (!options.brief) {
            out.both("scope", "scope ", address.scope().text(), " ");
            if (address.tentative()) {
                out.json("tentative", true);
                out.text("tentative ");
            }
            if (!options.busybox) {
                out.both("protocol", "proto ", address.protocol(), " ");
            }
            lifetime(out, InterfaceAddress.FOREVER, InterfaceAddress.FOREVER);
        }
        out.closeObject();
    }

    private void lifetime(Printer out, long valid, long preferred) {
        out.newLine();
        out.both("valid_life_time", "       valid_lft ", left(out, valid), "");
        out.both("preferred_life_time", " preferred_lft ", left(out, preferred), "");
        out.text("\n");
    }

    private Object left(Printer out, long until) {
        if (until == InterfaceAddress.FOREVER) {
            return out.isJson() ? (Object) NEVER : "forever";
        }
        long seconds = Math.max(0, (until - call.self().now() + SECOND - 1) / SECOND);
        return out.isJson() ? (Object) seconds : seconds + "sec";
    }

    // ---- flush ----

    int flush() {
        if (!arguments.hasNext()) {
            throw new IpFailure(1, "Flush requires arguments.");
        }
        parse();
        var chosen = new ArrayList<Runnable>();
        for (NetDevice device : devices.devices()) {
            device.addresses().stream()
                    .filter(this::passes)
                    .forEach(address -> chosen.add(() -> call.network().devices().addresses().delete(device, address)));
            device.ipv6Addresses().stream()
                    .filter(address -> passes(device, address))
                    .forEach(address -> chosen.add(() -> device.ipv6Addresses().remove(address)));
        }
        call.request(() -> chosen.forEach(Runnable::run));
        FlushReport.print(call, chosen.size(), "addresses");
        return 0;
    }
}
