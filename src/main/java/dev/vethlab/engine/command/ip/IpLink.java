package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;
import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.kernel.device.NetDevice;

/** {@code ip link} ({@code iplink.c}). */
final class IpLink {
    private final IpCall call;
    private final Arguments arguments;

    IpLink(IpCall call) {
        this.call = call;
        this.arguments = call.arguments();
    }

    int run() {
        if (!arguments.hasNext()) {
            return show();
        }
        String command = arguments.next();
        if (matches(command, "add")) {
            return new IpLinkAdd(call).run();
        } else if (matchesAny(command, "set", "change")) {
            return new IpLinkSet(call).run();
        } else if (matches(command, "replace")) {
            throw new Arguments.NotEmulated("ip link replace is not emulated");
        } else if (matches(command, "delete")) {
            return delete();
        } else if (matchesAny(command, "show", "lst", "list")) {
            return show();
        } else if (matches(command, "xstats") || matches(command, "afstats")) {
            throw new Arguments.NotEmulated("ip link " + command + " is not emulated");
        } else if (matches(command, "property")) {
            return property();
        } else if (matches(command, "help")) {
            return help();
        }
        throw IpFailure.unknownCommand(command, "ip link help");
    }

    private int help() {
        if (!arguments.hasNext()) {
            throw new IpFailure(255, Usage.LINK);
        }
        String kind = arguments.next();
        String usage = KindOptions.usage(kind);
        if (usage == null) {
            throw new Arguments.NotEmulated("ip link help " + kind + " is not emulated");
        }
        call.self().println(usage);
        return 0;
    }

    private int show() {
        var filter = new DeviceFilter(call);
        while (arguments.hasNext()) {
            String word = arguments.next();
            if (word.equals("novf")) {
                continue;
            }
            if (!filter.take(word)) {
                if (!word.equals("dev") && matches(word, "help")) {
                    throw new IpFailure(255, Usage.LINK);
                }
                filter.takeName(word);
            }
        }
        Printer out = call.options().printer();
        // a device that is named is asked for by name, whatever the family (iplink_get)
        var printer = new LinkPrinter(call, out, false, filter.namesDevice());
        out.openArray();
        for (NetDevice device : filter.devices()) {
            out.openObject();
            if (call.options().brief) {
                printer.printBrief(device);
            } else {
                printer.print(device);
                out.text("\n");
            }
            out.closeObject();
        }
        out.closeArray();
        call.print(out);
        return 0;
    }

    private int delete() {
        String name = null;
        while (arguments.hasNext()) {
            String word = arguments.next();
            if (word.equals("type")) {
                arguments.next();
            } else if (word.equals("group")) {
                return deleteGroup(DeviceFilter.group(arguments.next()));
            } else {
                String value = word.equals("dev") ? arguments.next() : word;
                if (name != null) {
                    throw IpFailure.garbage("dev", value);
                }
                name = value;
            }
        }
        if (name == null) {
            throw new IpFailure(255, "Not enough information: \"dev\" argument is required.");
        }
        NetDevice device = call.device(name);
        call.request(() -> call.network().devices().delete(device));
        return 0;
    }

    /** Deletes what can be deleted of a group; one that cannot spoils it for all ({@code rtnl_group_dellink}). */
    private int deleteGroup(int group) {
        call.request(() -> call.network().devices().deleteGroup(group));
        return 0;
    }

    private int property() {
        String command = arguments.next();
        boolean add = matches(command, "add");
        if (!add && !matches(command, "delete")) {
            throw IpFailure.unknownCommand(command, "ip link property help");
        }
        String name = null;
        while (arguments.hasNext()) {
            String word = arguments.next();
            if (word.equals("altname")) {
                NetDevice device = call.device(java.util.Objects.requireNonNullElse(name, ""));
                while (arguments.hasNext()) {
                    String alternative = arguments.next();
                    call.request(() -> call.network().devices().setAlternativeName(device, alternative, add));
                }
                return 0;
            }
            String value = word.equals("dev") ? arguments.next() : word;
            if (name != null) {
                throw IpFailure.garbage("dev", value);
            }
            name = value;
        }
        throw name == null
                ? new IpFailure(255, "Not enough information: \"dev\" argument is required.")
                : IpFailure.incomplete();
    }
}
