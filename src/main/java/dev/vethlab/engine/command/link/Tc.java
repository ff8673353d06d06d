package dev.vethlab.engine.command.link;

import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tc} of iproute2: shows that devices have no queueing discipline of their own; others are not emulated. */
final class Tc {
    /** Of those that the kernel could have, what the recorded one does not ({@code CONFIG_NET_SCH_NETEM} and the like are not set). */
    private static final List<String> MISSING = List.of("netem", "fq_codel");

    private static final List<String> KINDS = List.of("bfifo", "cake", "cbs", "choke", "clsact", "codel", "drr", "ets", "etf", "fq", "fq_pie",
            "gred", "hfsc", "hhf", "htb", "ingress", "mq", "mqprio", "multiq", "noqueue", "pfifo", "pfifo_fast", "pfifo_head_drop", "pie",
            "plug", "prio", "qfq", "red", "sfb", "sfq", "skbprio", "taprio", "tbf");

    private static final String USAGE = """
            Usage:\ttc [ OPTIONS ] OBJECT { COMMAND | help }
            \ttc [-force] -batch filename
            where  OBJECT := { qdisc | class | filter | chain |
            \t\t    action | monitor | exec }
                   OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -r[aw] |
            \t\t    -o[neline] | -j[son] | -p[retty] | -c[olor]
            \t\t    -b[atch] [filename] | -n[etns] name | -N[umeric] |
            \t\t     -nm | -nam[es] | { -cf | -conf } path
            \t\t     -br[ief] | -echo }
            """;

    private final EmulatedProcess self;
    private boolean statistics;
    private boolean json;

    private Tc(EmulatedProcess self) {
        this.self = self;
    }

    static int main(EmulatedProcess self) {
        return new Tc(self).run(self.arguments().subList(1, self.arguments().size()));
    }

    private int run(List<String> argv) {
        int i = 0;
        for (; i < argv.size() && argv.get(i).startsWith("-"); i++) {
            switch (argv.get(i)) {
                case "-s", "-stats", "-statistics" -> statistics = true;
                case "-j", "-json" -> json = true;
                case "-d", "-details", "-r", "-raw" -> {}
                case "-V", "-Version" -> {
                    self.println("tc utility, iproute2-7.2.0");
                    return 0;
                }
                default -> {
                    return Unsupported.answer(self, "tc " + argv.get(i) + " is not emulated");
                }
            }
        }
        List<String> words = argv.subList(i, argv.size());
        if (words.isEmpty()) {
            self.print(USAGE);
            return 0;
        }
        String object = complete(words.getFirst(), List.of("qdisc", "class", "filter", "chain", "action", "monitor", "exec", "help"));
        if (object == null) {
            self.error("Object \"" + words.getFirst() + "\" is unknown, try \"tc help\".");
            return 255;
        }
        if (!List.of("qdisc", "class", "filter").contains(object)) {
            return object.equals("help") ? usage() : Unsupported.answer(self, "tc " + object + " is not emulated");
        }
        String given = words.size() > 1 ? words.get(1) : "show";
        String command = complete(given, List.of("add", "change", "replace", "link", "delete", "show", "list", "lst", "get", "help"));
        if (command == null) {
            self.error("Command \"" + given + "\" is unknown, try \"tc " + object + " help\".");
            return 255;
        }
        return command(object, command, words.subList(Math.min(2, words.size()), words.size()));
    }

    private int usage() {
        self.print(USAGE);
        return 0;
    }

    private static @Nullable String complete(String word, List<String> all) {
        return all.stream().filter(each -> each.startsWith(word)).findFirst().orElse(null);
    }

    private int command(String object, String command, List<String> words) {
        int dev = words.indexOf("dev");
        NetDevice device = null;
        if (dev >= 0 && dev + 1 < words.size()) {
            device = self.network().devices().find(words.get(dev + 1));
            if (device == null) {
                self.error("Cannot find device \"" + words.get(dev + 1) + "\"");
                return 1;
            }
        }
        if (List.of("show", "list", "lst").contains(command) && words.size() == (device == null ? 0 : 2)) {
            if (object.equals("qdisc")) {
                show(device);
            }
            return 0;
        }
        if (object.equals("qdisc") && device != null && !command.equals("help")) {
            List<String> rest = new ArrayList<>(words);
            rest.subList(dev, dev + 2).clear();
            return change(command, rest);
        }
        return Unsupported.answer(self, "tc " + object + " " + command + " " + String.join(" ", words) + " is not emulated");
    }

    /** There is none to change, and the kernel knows few ({@code net/sched/sch_api.c}). */
    private int change(String command, List<String> words) {
        boolean root = words.contains("root");
        String kind = words.stream().filter(word -> KINDS.contains(word) || MISSING.contains(word)).findFirst().orElse("");
        if (command.equals("delete") && words.equals(List.of("root"))) {
            return refused("Cannot delete qdisc with handle of zero.");
        }
        if (words.isEmpty() && command.equals("add")) {
            return refused("Handle cannot be zero.");
        }
        if (root && command.equals("change")) {
            return refused("Qdisc not found. To create specify NLM_F_CREATE flag.");
        }
        if (root && command.equals("add") && (MISSING.contains(kind) || kind.isEmpty() && words.size() == 2)) {
            return refused("Specified qdisc kind is unknown.");
        }
        return Unsupported.answer(self, "tc qdisc " + command + " " + String.join(" ", words) + " is not emulated");
    }

    private int refused(String why) {
        self.error("Error: " + why);
        return 2;
    }

    private void show(@Nullable NetDevice only) {
        List<String> entries = new ArrayList<>();
        for (NetDevice device : self.network().devices().all()) {
            if (only != null && device != only || !device.wasEverUp()) {
                continue;
            }
            String name = only == null ? device.name() : "";
            if (json) {
                entries.add("{\"kind\":\"noqueue\",\"handle\":\"0:\"," + (name.isEmpty() ? "" : "\"dev\":\"" + name + "\",")
                        + "\"root\":true,\"refcnt\":2,\"options\":{}}");
            } else {
                self.println("qdisc noqueue 0: " + (name.isEmpty() ? "" : "dev " + name + " ") + "root refcnt 2 ");
                if (statistics) {
                    self.println(" Sent 0 bytes 0 pkt (dropped 0, overlimits 0 requeues 0) \n backlog 0b 0p requeues 0");
                }
            }
        }
        if (json) {
            self.println("[" + String.join(",", entries) + "]");
        }
    }
}
