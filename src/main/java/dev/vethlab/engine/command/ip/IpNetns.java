package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;
import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import java.util.Map;
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
            return set();
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
        Map<String, NetworkNamespace> namespaces = NamedNamespaces.visibleTo(self);
        for (String name : NamedNamespaces.names(self)) {
            out.openObject();
            out.both("name", "", name, "");
            NetworkNamespace namespace = namespaces.get(name);
            int id = namespace == null ? -1 : call.network().knownPeerId(namespace);
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
        int wanted = -1;
        while (arguments.hasNext()) {
            String word = arguments.next();
            if (word.equals("target-nsid")) {
                throw new Arguments.NotEmulated("ip netns list-id target-nsid is not emulated");
            } else if (!word.equals("nsid")) {
                throw new IpFailure(255, Usage.NETNS);
            }
            wanted = id("nsid");
        }
        Map<Integer, NetworkNamespace> known = call.network().knownPeers();
        if (wanted >= 0 && !known.containsKey(wanted)) {
            throw new IpFailure(2, "");
        }
        Printer out = call.options().printer();
        out.openArray();
        for (Map.Entry<Integer, NetworkNamespace> peer : known.entrySet()) {
            if (wanted < 0 || wanted == peer.getKey()) {
                out.openObject();
                out.both("nsid", "nsid ", peer.getKey(), " ");
                String name = NamedNamespaces.nameOf(self, peer.getValue());
                if (name != null) {
                    out.both("name", "(iproute2 netns name: ", name, ")");
                }
                out.text("\n");
                out.closeObject();
            }
        }
        out.closeArray();
        call.print(out);
        return 0;
    }

    private int set() {
        if (arguments.rest().size() < 2) {
            throw new IpFailure(255, arguments.hasNext() ? "No nsid specified" : "No netns name specified");
        }
        NetworkNamespace network = NamedNamespaces.visibleTo(self).get(arguments.next());
        int id = arguments.take("auto") ? -1 : id("netnsid");
        if (network == null) {
            return 1;
        }
        try {
            call.network().setPeerId(network, id);
        } catch (KernelException refusal) {
            throw IpFailure.of(refusal);
        }
        return 0;
    }

    private int id(String key) {
        String value = arguments.next();
        boolean negative = value.startsWith("-");
        int id = (int) Arguments.number(negative ? value.substring(1) : value, Integer.MAX_VALUE)
                .orElseThrow(() -> IpFailure.invalid(value, key.equals("nsid") ? "\"nsid\" value is invalid" : "Invalid \"netnsid\" value"));
        if (negative) {
            throw IpFailure.invalid(value, "\"" + key + "\" value should be >= 0");
        }
        return id;
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
        if (NamedNamespaces.isTaken(self, name)) {
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
            List.copyOf(NamedNamespaces.visibleTo(self).keySet()).forEach(this::remove);
            return 0;
        }
        String name = name();
        if (!NamedNamespaces.isTaken(self, name)) {
            throw new IpFailure(1, "Cannot remove namespace file \"" + NamedNamespaces.DIRECTORY + "/" + name
                    + "\": No such file or directory");
        }
        needAdministrator("Cannot remove namespace file \"" + NamedNamespaces.DIRECTORY + "/" + name + "\"");
        remove(name);
        return 0;
    }

    /** Takes the mount away if there is one, then the file: a link that was made by hand is one too. */
    private void remove(String name) {
        if (machine.named(name) != null) {
            machine.unbindName(name);
            if (!NamedNamespaces.isTaken(self, name)) {
                return;
            }
        }
        try {
            self.context().files().unlink(self, NamedNamespaces.DIRECTORY + "/" + name);
        } catch (KernelException refusal) {
            throw new IpFailure(1, "Cannot remove namespace file \"" + NamedNamespaces.DIRECTORY + "/" + name + "\": "
                    + refusal.errno().message());
        }
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
                throw new IpFailure(1, "Cannot open network namespace: No such file or directory");
            }
            network = found;
        }
        // of several names the last one found is left in the buffer; without a name there is an empty line
        String name = "";
        for (Map.Entry<String, NetworkNamespace> entry : NamedNamespaces.visibleTo(self).entrySet()) {
            name = entry.getValue() == network ? entry.getKey() : name;
        }
        self.println(name);
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
                status = NamespaceExec.run(self, entry.getKey(), entry.getValue(), arguments.rest()).orElseThrow(this::noProgram);
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
        NamespaceExec.bindEtc(self, self.context(), name);
        NamespaceExec.become(self, network, arguments.rest());
        throw noProgram();
    }

    private IpFailure noProgram() {
        return new IpFailure(1, "exec of \"" + arguments.peek() + "\" failed: No such file or directory");
    }
}
