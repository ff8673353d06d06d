package dev.vethlab.engine.command.bridge;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.bridge.FdbEntry;
import dev.vethlab.engine.kernel.bridge.SpanningTree;
import dev.vethlab.engine.kernel.bridge.TreePort;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.DeviceTable;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** {@code brctl} of bridge-utils 1.7. */
public final class Brctl implements Program {
    private record Command(int least, int most, String words) {}

    private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("addbr", new Command(1, 1, "addbr     \t<bridge>\t\tadd bridge"));
        COMMANDS.put("delbr", new Command(1, 1, "delbr     \t<bridge>\t\tdelete bridge"));
        COMMANDS.put("addif", new Command(2, 64, "addif     \t<bridge> <device>\tadd interface to bridge"));
        COMMANDS.put("delif", new Command(2, 64, "delif     \t<bridge> <device>\tdelete interface from bridge"));
        COMMANDS.put("hairpin", new Command(3, 3, "hairpin   \t<bridge> <port> {on|off}\tturn hairpin on/off"));
        COMMANDS.put("setageing", new Command(2, 2, "setageing \t<bridge> <time>\t\tset ageing time"));
        COMMANDS.put("setbridgeprio", new Command(2, 2, "setbridgeprio\t<bridge> <prio>\t\tset bridge priority"));
        COMMANDS.put("setfd", new Command(2, 2, "setfd     \t<bridge> <time>\t\tset bridge forward delay"));
        COMMANDS.put("sethello", new Command(2, 2, "sethello  \t<bridge> <time>\t\tset hello time"));
        COMMANDS.put("setmaxage", new Command(2, 2, "setmaxage \t<bridge> <time>\t\tset max message age"));
        COMMANDS.put("setpathcost", new Command(3, 3, "setpathcost\t<bridge> <port> <cost>\tset path cost"));
        COMMANDS.put("setportprio", new Command(3, 3, "setportprio\t<bridge> <port> <prio>\tset port priority"));
        COMMANDS.put("show", new Command(0, 64, "show      \t[ <bridge> ]\t\tshow a list of bridges"));
        COMMANDS.put("showmacs", new Command(1, 1, "showmacs  \t<bridge>\t\tshow a list of mac addrs"));
        COMMANDS.put("showstp", new Command(1, 1, "showstp   \t<bridge>\t\tshow bridge stp info"));
        COMMANDS.put("stp", new Command(2, 2, "stp       \t<bridge> {on|off}\tturn stp on/off"));
    }

    @Override
    public int main(EmulatedProcess self) {
        List<String> words = self.arguments().subList(1, self.arguments().size());
        if (words.isEmpty()) {
            self.error(usage());
            return 1;
        }
        String name = words.getFirst();
        if (name.equals("-V") || name.equals("--version")) {
            self.println("bridge-utils, 1.7");
            return 0;
        }
        Command command = COMMANDS.get(name);
        if (command == null) {
            self.error("never heard of command [" + name + "]\n" + usage());
            return 1;
        }
        List<String> rest = words.subList(1, words.size());
        if (rest.size() < command.least() || rest.size() > command.most()) {
            self.error("Incorrect number of arguments for command\nUsage: brctl " + command.words().replaceFirst("\\s+", " "));
            return 1;
        }
        return new Call(self).run(name, rest);
    }

    private static String usage() {
        var text = new StringBuilder("Usage: brctl [commands]\ncommands:");
        COMMANDS.values().forEach(command -> text.append("\n\t").append(command.words()));
        return text.toString();
    }

    /** One run. */
    private record Call(EmulatedProcess self) {
        int run(String name, List<String> words) {
            String bridge = words.isEmpty() ? "" : words.getFirst();
            return switch (name) {
                case "addbr" -> add(bridge);
                case "delbr" -> delete(bridge);
                case "addif" -> ports(bridge, words.subList(1, words.size()), true);
                case "delif" -> ports(bridge, words.subList(1, words.size()), false);
                case "show" -> show(words);
                case "showmacs" -> showMacs(bridge);
                case "showstp" -> showStp(bridge);
                case "stp" -> stp(bridge, words.get(1));
                case "hairpin" -> hairpin(bridge, words.get(1), words.get(2));
                case "setpathcost", "setportprio" -> setPort(name, bridge, words.get(1), words.get(2));
                default -> set(name, bridge, words.get(1));
            };
        }

        private DeviceTable devices() {
            return self.network().devices();
        }

        private @Nullable Bridge bridge(String name) {
            return devices().find(name) instanceof Bridge bridge ? bridge : null;
        }

        private boolean mayNot(String what) {
            if (self.context().may(Capability.NET_ADMIN)) {
                return false;
            }
            self.error(what + ": " + Errno.EPERM.message());
            return true;
        }

        private int refuse(String text) {
            self.error(text);
            return 1;
        }

        private int add(String name) {
            if (mayNot("add bridge failed")) {
                return 1;
            }
            try {
                devices().addBridge(name, null);
                return 0;
            } catch (KernelException refusal) {
                return refuse(refusal.errno() == Errno.EEXIST
                        ? "device " + name + " already exists; can't create bridge with the same name"
                        : "add bridge failed: " + refusal.errno().message());
            }
        }

        private int delete(String name) {
            Bridge bridge = bridge(name);
            if (bridge == null) {
                return refuse("bridge " + name + " doesn't exist; can't delete it");
            }
            if (mayNot("can't delete bridge " + name)) {
                return 1;
            }
            if (bridge.isUp()) {
                return refuse("bridge " + name + " is still up; can't delete it");
            }
            try {
                devices().delete(bridge);
                return 0;
            } catch (KernelException refusal) {
                return refuse("can't delete bridge " + name + ": " + refusal.errno().message());
            }
        }

        private int ports(String name, List<String> ports, boolean add) {
            for (String port : ports) {
                int status = add ? addPort(name, port) : deletePort(name, port);
                if (status != 0) {
                    return status;
                }
            }
            return 0;
        }

        private int addPort(String name, String port) {
            NetDevice device = devices().find(port);
            Bridge bridge = bridge(name);
            if (device == null) {
                return refuse("interface " + port + " does not exist!");
            }
            if (bridge == null) {
                return refuse("bridge " + name + " does not exist!");
            }
            if (device.port() != null) {
                return refuse("device " + port + " is already a member of a bridge; can't add it to bridge " + name + ".");
            }
            if (mayNot("can't add " + port + " to bridge " + name)) {
                return 1;
            }
            try {
                devices().enslave(device, bridge);
                return 0;
            } catch (KernelException refusal) {
                return refuse("can't add " + port + " to bridge " + name + ": " + refusal.errno().message());
            }
        }

        private int deletePort(String name, String port) {
            NetDevice device = devices().find(port);
            Bridge bridge = bridge(name);
            if (device == null) {
                return refuse("interface " + port + " does not exist!");
            }
            if (bridge == null) {
                return refuse("bridge " + name + " does not exist!");
            }
            if (device.port() == null || device.port().bridge() != bridge) {
                return refuse("device " + port + " is not a port of " + name);
            }
            if (mayNot("can't delete " + port + " from " + name)) {
                return 1;
            }
            devices().release(device);
            return 0;
        }

        /** The ports by name, as {@code scandir} of {@code brif} sorts them. */
        private static List<BridgePort> sorted(Bridge bridge) {
            var ports = new ArrayList<>(bridge.forwarding().ports());
            ports.sort(Comparator.comparing(port -> port.device().name()));
            return ports;
        }

        private int show(List<String> names) {
            String header = "bridge name\tbridge id\t\tSTP enabled\tinterfaces";
            boolean headed = names.isEmpty();
            if (headed) {
                self.println(header);
            }
            int status = 0;
            List<String> wanted = names;
            if (names.isEmpty()) {
                wanted = devices().all().stream().filter(Bridge.class::isInstance).map(NetDevice::name).sorted().toList();
            }
            for (String name : wanted) {
                Bridge bridge = bridge(name);
                if (bridge == null) {
                    boolean known = devices().find(name) != null;
                    status = refuse(known ? "device " + name + " is not a bridge!" : "bridge " + name + " does not exist!");
                    continue;
                }
                if (!headed) {
                    self.println(header);
                    headed = true;
                }
                String stp = bridge.forwarding().tree().isEnabled() ? "yes" : "no";
                var line = new StringBuilder(name + "\t\t" + id(bridge) + "\t" + stp + "\t\t");
                boolean first = true;
                for (BridgePort port : sorted(bridge)) {
                    line.append(first ? "" : "\n\t\t\t\t\t\t\t").append(port.device().name());
                    first = false;
                }
                self.println(line.toString());
            }
            return status;
        }

        private static String id(Bridge bridge) {
            return SpanningTree.text(bridge.forwarding().tree().id());
        }

        private int showMacs(String name) {
            Bridge bridge = bridge(name);
            if (bridge == null) {
                return refuse("read of forward table failed: "
                        + (devices().find(name) == null ? Errno.ENODEV : Errno.EOPNOTSUPP).message());
            }
            self.println("port no\tmac addr\t\tis local?\tageing timer");
            var entries = new ArrayList<>(bridge.forwarding().database().entries());
            entries.removeIf(entry -> entry.port() == null);
            entries.sort(Comparator.comparingLong(FdbEntry::mac));
            for (FdbEntry entry : entries) {
                long age = entry.kind() == FdbEntry.Kind.DYNAMIC ? self.now() - entry.updated() : 0;
                int port = java.util.Objects.requireNonNull(entry.port()).number();
                self.println(String.format("%3d", port) + "\t" + Mac.text(entry.mac()) + "\t" + (entry.isLocal() ? "yes" : "no") + "\t\t"
                        + time(age));
            }
            return 0;
        }

        private static String time(long nanos) {
            return hundredths(nanos / 10_000_000);
        }

        private static String hundredths(long value) {
            return String.format("%4d.%02d", value / 100, value % 100);
        }

        private int showStp(String name) {
            Bridge bridge = bridge(name);
            if (bridge == null) {
                boolean known = devices().find(name) != null;
                return refuse(known ? "device " + name + " is not a bridge!" : "bridge " + name + " does not exist!");
            }
            SpanningTree tree = bridge.forwarding().tree();
            long ageing = bridge.forwarding().database().ageingTime();
            var text = new StringBuilder(name).append("\n bridge id\t\t").append(id(bridge))
                    .append("\n designated root\t").append(SpanningTree.text(tree.root()))
                    .append(String.format("\n root port\t\t%4d\t\t\tpath cost\t\t%4d", tree.rootPort(), tree.rootPathCost()))
                    .append("\n max age\t\t").append(time(tree.times().maxAge()))
                    .append("\t\t\tbridge max age\t\t").append(time(tree.times().ownMaxAge()))
                    .append("\n hello time\t\t").append(time(tree.times().helloTime()))
                    .append("\t\t\tbridge hello time\t").append(time(tree.times().ownHelloTime()))
                    .append("\n forward delay\t\t").append(time(tree.times().forwardDelay()))
                    .append("\t\t\tbridge forward delay\t").append(time(tree.times().ownForwardDelay()))
                    .append("\n ageing time\t\t").append(time(ageing))
                    .append("\n hello timer\t\t").append(time(tree.helloTimer().left()))
                    .append("\t\t\ttcn timer\t\t").append(time(tree.notificationTimer().left()))
                    .append("\n topology change timer\t").append(time(tree.changeTimer().left()))
                    .append("\t\t\tgc timer\t\t").append(time(bridge.isUp() ? ageing : 0))
                    .append("\n flags\t\t\t").append(tree.topologyChange() ? "TOPOLOGY_CHANGE " : "")
                    .append(tree.topologyChangeDetected() ? "TOPOLOGY_CHANGE_DETECTED " : "").append("\n\n");
            for (BridgePort port : sorted(bridge)) {
                TreePort at = port.tree();
                text.append('\n').append(port.device().name()).append(" (").append(port.number()).append(")\n port id\t\t")
                        .append(String.format("%04x\t\t\tstate\t\t%15s", port.id(), port.state().text()))
                        .append("\n designated root\t").append(SpanningTree.text(at.designatedRoot()))
                        .append(String.format("\tpath cost\t\t%4d", port.cost()))
                        .append("\n designated bridge\t").append(SpanningTree.text(at.designatedBridge())).append("\tmessage age timer\t")
                        .append(time(at.messageAge().left()))
                        .append(String.format("\n designated port\t%04x", at.designatedPort())).append("\t\t\tforward delay timer\t")
                        .append(time(at.forwardDelay().left()))
                        .append(String.format("\n designated cost\t%4d", at.designatedCost())).append("\t\t\thold timer\t\t")
                        .append(time(at.hold().left()))
                        .append("\n flags\t\t\t").append(at.configPending() ? "CONFIG_PENDING " : "")
                        .append(at.topologyChangeAcknowledge() ? "TOPOLOGY_CHANGE_ACK " : "").append('\n');
            }
            self.print(text.toString());
            return 0;
        }

        private static @Nullable Boolean onOff(String word) {
            return switch (word) {
                case "on", "yes", "1" -> true;
                case "off", "no", "0" -> false;
                default -> null;
            };
        }

        private int stp(String name, String word) {
            Boolean on = onOff(word);
            if (on == null) {
                return refuse("expect on/off for argument");
            }
            Bridge bridge = bridge(name);
            if (bridge == null) {
                return refuse("set stp status failed: " + Errno.ENODEV.message());
            }
            if (mayNot("set stp status failed")) {
                return 1;
            }
            bridge.forwarding().tree().setEnabled(on);
            return 0;
        }

        private int hairpin(String name, String portName, String word) {
            Boolean on = onOff(word);
            if (on == null) {
                return refuse("expect on/off for argument");
            }
            if (devices().find(portName) == null) {
                return refuse("interface " + portName + " does not exist!");
            }
            BridgePort port = port(name, portName);
            if (port == null) {
                return refuse("can't set " + portName + " to hairpin on bridge " + name + ": " + Errno.ENOENT.message());
            }
            if (mayNot("can't set " + portName + " to hairpin on bridge " + name)) {
                return 1;
            }
            port.hairpin = on;
            return 0;
        }

        private @Nullable BridgePort port(String name, String portName) {
            NetDevice device = devices().find(portName);
            BridgePort port = device == null ? null : device.port();
            return port != null && port.bridge().name().equals(name) ? port : null;
        }

        private int setPort(String command, String name, String portName, String word) {
            String what = command.equals("setpathcost") ? "path cost" : "port priority";
            OptionalDouble value = number(word);
            if (value.isEmpty()) {
                return refuse("bad " + (command.equals("setpathcost") ? "path cost" : "path priority") + " value");
            }
            // it writes below the port's own directory in /sys, whatever the bridge is called
            NetDevice device = devices().find(portName);
            BridgePort port = device == null ? null : device.port();
            if (port == null) {
                return refuse("set " + what + " failed: " + (device == null ? Errno.ENODEV : Errno.ENOENT).message());
            }
            SpanningTree tree = port.bridge().forwarding().tree();
            return change("set " + what + " failed", () -> {
                if (command.equals("setpathcost")) {
                    tree.setCost(port, (int) value.getAsDouble());
                } else {
                    tree.setPriority(port, (int) value.getAsDouble());
                }
            });
        }

        private interface Change {
            void apply() throws KernelException;
        }

        private int change(String failure, Change change) {
            if (mayNot(failure)) {
                return 1;
            }
            try {
                change.apply();
                return 0;
            } catch (KernelException refusal) {
                return refuse(failure + ": " + refusal.errno().message());
            }
        }

        private int set(String command, String name, String word) {
            OptionalDouble value = number(word);
            if (value.isEmpty()) {
                return refuse("bad " + switch (command) {
                    case "setbridgeprio" -> "priority";
                    case "setageing" -> "ageing time value";
                    case "setfd" -> "forward delay value";
                    case "sethello" -> "hello timer value";
                    default -> "max age value";
                });
            }
            String failure = "set " + switch (command) {
                case "setbridgeprio" -> "bridge priority";
                case "setageing" -> "ageing time";
                case "setfd" -> "forward delay";
                case "sethello" -> "hello timer";
                default -> "max age";
            } + " failed";
            Bridge bridge = bridge(name);
            if (bridge == null) {
                return refuse(failure + ": " + Errno.ENODEV.message());
            }
            double number = value.getAsDouble();
            long hundredths = (long) (number * 100);
            SpanningTree tree = bridge.forwarding().tree();
            return change(failure, () -> {
                switch (command) {
                    case "setageing" -> tree.setAgeingTime((long) (number * 1e9));
                    case "setfd" -> tree.setForwardDelay(hundredths);
                    case "sethello" -> tree.setHelloTime(hundredths);
                    case "setmaxage" -> tree.setMaxAge(hundredths);
                    default -> tree.setPriority((int) number);
                }
            });
        }

        private static OptionalDouble number(String word) {
            return word.matches("[0-9]{1,7}(\\.[0-9]{1,3})?") ? OptionalDouble.of(Double.parseDouble(word)) : OptionalDouble.empty();
        }
    }
}
