package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;
import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** {@code ip netns} ({@code ipnetns.c}). */
final class IpNetns {
    private final IpCall call;
    private final EmulatedProcess self;
    private final Machine machine;
    private final Arguments arguments;

    IpNetns(IpCall call) {
        this.call = call;
        this.self = call.self();
        this.machine = call.network().machine();
        this.arguments = call.arguments();
    }

    int run() {
        if (!arguments.hasNext()) {
            return list();
        }
        String command = arguments.next();
        if (matches(command, "help")) {
            throw new IpFailure(255, Usage.NETNS);
        } else if (matchesAny(command, "list", "show", "lst")) {
            return list();
        } else if (matches(command, "list-id")) {
            return listIds();
        } else if (matches(command, "add")) {
            return add();
        } else if (matches(command, "set")) {
            throw new Arguments.NotEmulated("ip netns set is not emulated");
        } else if (matches(command, "delete")) {
            return delete();
        } else if (matches(command, "identify")) {
            return identify();
        } else if (matches(command, "pids")) {
            return pids();
        } else if (matches(command, "exec")) {
            return exec();
        } else if (matches(command, "monitor")) {
            throw new Arguments.NotEmulated("ip netns monitor is not emulated");
        } else if (matches(command, "attach")) {
            return attach();
        }
        throw IpFailure.unknownCommand(command, "ip netns help");
    }

    private int list() {
        Printer out = call.options().printer();
        out.openArray();
        var names = new ArrayList<>(NamedNamespaces.visibleTo(self).entrySet());
        for (Map.Entry<String, NetworkNamespace> entry : names) {
            out.openObject();
            out.both("name", "", entry.getKey(), "");
            int id = call.network().knownPeerId(entry.getValue());
            if (id >= 0) {
                out.json("id", id);
                out.text(" (id: " + id + ")");
            }
            out.text("\n");
            out.closeObject();
        }
        out.closeArray();
        call.print(out);
        return 0;
    }

    private int listIds() {
        Printer out = call.options().printer();
        out.openArray();
        List<NetworkNamespace> known = call.network().knownPeers();
        for (int id = 0; id < known.size(); id++) {
            out.openObject();
            out.both("nsid", "nsid ", id, " ");
            String name = NamedNamespaces.nameOf(self, known.get(id));
            if (name != null) {
                out.both("name", "(iproute2 netns name: ", name, ")");
            }
            out.text("\n");
            out.closeObject();
        }
        out.closeArray();
        call.print(out);
        return 0;
    }

    /** The next word as a namespace's name ({@code invalid_name}). */
    private String name() {
        if (!arguments.hasNext()) {
            throw new IpFailure(1, "No netns name specified");
        }
        String name = arguments.next();
        if (name.isEmpty() || name.length() > 254 || name.contains("/") || name.equals(".") || name.equals("..")) {
            throw new IpFailure(255, "Invalid netns name \"" + name + "\"");
        }
        return name;
    }

    private void needAdministrator(String what) {
        if (!self.context().may(Capability.SYS_ADMIN)) {
            throw new IpFailure(1, what + ": Operation not permitted");
        }
    }

    private int add() {
        String name = name();
        needAdministrator("mount --make-shared " + NamedNamespaces.DIRECTORY + " failed");
        refuseTaken(name);
        try {
            machine.bindName(name, machine.createNamespace(name));
        } catch (KernelException refusal) {
            throw new IpFailure(1, "Failed to create a new network namespace \"" + name + "\": " + refusal.errno().message());
        }
        return 0;
    }

    private void refuseTaken(String name) {
        if (machine.named(name) != null) {
            throw new IpFailure(1, "Cannot create namespace file \"" + NamedNamespaces.DIRECTORY + "/" + name + "\": File exists");
        }
    }

    private int attach() {
        if (arguments.rest().size() < 2) {
            throw new IpFailure(1, "No netns name and PID specified");
        }
        String name = name();
        String pid = arguments.next();
        refuseTaken(name);
        NetworkNamespace network = NamedNamespaces.find(self, "/proc/" + pid + "/ns/net");
        if (network == null) {
            throw new IpFailure(1, "Bind /proc/" + pid + "/ns/net -> " + NamedNamespaces.DIRECTORY + "/" + name
                    + " failed: No such file or directory");
        }
        network.retain();
        machine.bindName(name, network);
        return 0;
    }

    private int delete() {
        if (call.options().all && !arguments.hasNext()) {
            List.copyOf(NamedNamespaces.visibleTo(self).keySet()).forEach(machine::unbindName);
            return 0;
        }
        String name = name();
        if (!NamedNamespaces.visibleTo(self).containsKey(name)) {
            throw new IpFailure(1, "Cannot remove namespace file \"" + NamedNamespaces.DIRECTORY + "/" + name
                    + "\": No such file or directory");
        }
        needAdministrator("Cannot remove namespace file \"" + NamedNamespaces.DIRECTORY + "/" + name + "\"");
        machine.unbindName(name);
        return 0;
    }

    private int identify() {
        NetworkNamespace network = self.network();
        if (arguments.hasNext()) {
            String pid = arguments.next();
            if (Arguments.number(pid, Integer.MAX_VALUE).isEmpty() && !pid.equals("self")) {
                throw new IpFailure(1, "Specified string '" + pid + "' is not a pid");
            }
            NetworkNamespace found = pid.equals("self") ? network : NamedNamespaces.find(self, "/proc/" + pid + "/ns/net");
            if (found == null) {
                throw new IpFailure(1, "Stat of netns failed: No such file or directory");
            }
            network = found;
        }
        for (Map.Entry<String, NetworkNamespace> entry : NamedNamespaces.visibleTo(self).entrySet()) {
            if (entry.getValue() == network) {
                self.println(entry.getKey());
            }
        }
        return 0;
    }

    private int pids() {
        String name = name();
        NetworkNamespace network = NamedNamespaces.visibleTo(self).get(name);
        if (network == null) {
            throw new IpFailure(1, "Cannot open network namespace: No such file or directory");
        }
        self.table().visibleTo(self).forEach((pid, process) -> {
            if (process.network() == network) {
                self.println(Integer.toString(pid));
            }
        });
        return 0;
    }

    private int exec() {
        if (call.options().all) {
            if (!arguments.hasNext()) {
                throw new IpFailure(1, "No command specified");
            }
            int status = 0;
            for (Map.Entry<String, NetworkNamespace> entry : List.copyOf(NamedNamespaces.visibleTo(self).entrySet())) {
                self.println("\nnetns: " + entry.getKey());
                status = exec(entry.getValue(), arguments.rest());
            }
            return status == 255 ? 1 : 0;
        }
        if (!arguments.hasNext()) {
            throw new IpFailure(1, "No netns name specified");
        }
        String name = arguments.next();
        if (!arguments.hasNext()) {
            throw new IpFailure(1, "No command specified");
        }
        NetworkNamespace network = NamedNamespaces.open(self, name);
        if (!self.context().may(Capability.SYS_ADMIN)) {
            throw new IpFailure(255, "setting the network namespace \"" + name + "\" failed: Operation not permitted");
        }
        return exec(network, arguments.rest());
    }

    private int exec(NetworkNamespace network, List<String> words) {
        OptionalInt status = NamespaceExec.run(self, network, words);
        if (status.isEmpty()) {
            throw new IpFailure(1, "exec of \"" + words.getFirst() + "\" failed: No such file or directory");
        }
        return status.getAsInt();
    }
}
