package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.shell.Completer;
import java.util.List;

/** Completes {@code ip}: objects, their commands, and the names of devices and namespaces. */
public final class IpCompletion implements Completer {
    @Override
    public List<String> candidates(EmulatedProcess shell, List<String> before, String word) {
        List<String> words = before.stream().skip(1).filter(w -> !w.startsWith("-")).toList();
        if (word.startsWith("-")) {
            return List.of("-4", "-6", "-brief", "-details", "-family", "-json", "-netns", "-pretty", "-statistics");
        }
        if (words.isEmpty()) {
            return List.of("address", "link", "maddress", "neighbour", "netns", "route", "rule");
        }
        String last = words.getLast();
        if (words.size() > 1 && List.of("dev", "master", "iif", "oif").contains(last)) {
            return devices(shell);
        }
        return switch (words.getFirst().substring(0, Math.min(3, words.getFirst().length()))) {
            case "a", "ad", "add" -> words.size() == 1 ? List.of("add", "del", "flush", "replace", "show") : List.of("dev", "label", "scope");
            case "l", "li", "lin" -> link(shell, words);
            case "r", "ro", "rou" -> words.size() == 1 ? List.of("add", "append", "change", "del", "flush", "get", "replace", "show")
                    : List.of("default", "dev", "from", "metric", "src", "table", "via");
            case "n", "ne", "nei" -> words.size() == 1 ? List.of("add", "change", "del", "flush", "replace", "show")
                    : List.of("dev", "lladdr", "nud");
            case "net" -> words.size() == 1 ? List.of("add", "del", "exec", "identify", "list", "list-id", "pids", "set") : namespaces(shell, words);
            case "rul" -> words.size() == 1 ? List.of("add", "del", "flush", "show") : List.of("from", "fwmark", "iif", "lookup", "priority", "to");
            default -> List.of();
        };
    }

    private static List<String> link(EmulatedProcess shell, List<String> words) {
        if (words.size() == 1) {
            return List.of("add", "delete", "set", "show");
        }
        return switch (words.getLast()) {
            case "set", "delete", "del", "show" -> devices(shell);
            case "type" -> List.of("bridge", "dummy", "veth");
            case "netns" -> namespaces(shell, List.of("netns", "exec"));
            default -> List.of("address", "alias", "down", "master", "mtu", "name", "netns", "nomaster", "peer", "promisc", "type", "up");
        };
    }

    private static List<String> namespaces(EmulatedProcess shell, List<String> words) {
        return words.size() == 2 ? List.copyOf(shell.network().machine().namedNamespaces().keySet()) : List.of();
    }

    private static List<String> devices(EmulatedProcess shell) {
        return shell.network().devices().all().stream().map(NetDevice::name).toList();
    }
}
