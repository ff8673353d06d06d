package dev.vethlab.engine.command.link;

import dev.vethlab.engine.command.core.Running;
import dev.vethlab.engine.command.ip.NamedNamespaces;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.NamespaceKind;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code nsenter} of util-linux: network, UTS, PID and mount namespaces; of the other kinds all processes here have the same. */
public final class Nsenter implements Program {
    private static final String HINT = "Try 'nsenter --help' for more information.";
    private static final String KINDS = "muinpCUT";

    /** The name of a kind's file below {@code /proc/PID/ns}. */
    private static String file(String kind) {
        return switch (kind) {
            case "m" -> "mnt";
            case "u" -> "uts";
            case "i" -> "ipc";
            case "n" -> "net";
            case "p" -> "pid";
            case "C" -> "cgroup";
            case "U" -> "user";
            default -> "time";
        };
    }

    @Override
    public int main(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "+at:m::u::i::n::p::C::U::T::S:G:r::w::FV", "all=a", "target:=t", "mount::=m",
                "uts::=u", "ipc::=i", "net::=n", "pid::=p", "cgroup::=C", "user::=U", "time::=T", "setuid:=S", "setgid:=G", "root::=r",
                "wd::=w", "no-fork=F", "version=V");
        if (options.error() != null) {
            self.error(options.error() + "\n" + HINT);
            return 1;
        }
        EmulatedProcess target = null;
        String number = null;
        var wanted = new LinkedHashMap<String, String>();
        for (Getopt.Option option : options.options()) {
            switch (option.name()) {
                case "V" -> {
                    self.println("nsenter from util-linux 2.42.4");
                    return 0;
                }
                case "t" -> {
                    number = option.value();
                    if (!number.matches("[0-9]{1,9}")) {
                        self.error("nsenter: invalid PID argument");
                        return 1;
                    }
                    target = self.table().visibleTo(self).get(Integer.parseInt(number));
                }
                case "a" -> KINDS.replace("U", "").chars().forEach(kind -> wanted.putIfAbsent(Character.toString(kind), ""));
                case "w" -> {
                    if (!option.value().isEmpty()) {
                        return Unsupported.answer(self, "nsenter -w is not emulated");
                    }
                }
                case "S", "G", "r" -> {
                    return Unsupported.answer(self, "nsenter -" + option.name() + " is not emulated");
                }
                case "F" -> {
                    // only the number of the process tells whether it forked
                }
                default -> wanted.put(option.name(), option.value());
            }
        }
        return new Entry(self, number, target).run(wanted, options.operands());
    }

    /** One call: whose namespaces, and what to run there. */
    private record Entry(EmulatedProcess self, @Nullable String number, @Nullable EmulatedProcess target) {
        int run(Map<String, String> wanted, List<String> operands) {
            if (wanted.isEmpty()) {
                self.error("nsenter: no namespace specified");
                return 1;
            }
            NetworkNamespace network = self.network();
            for (Map.Entry<String, String> kind : wanted.entrySet()) {
                String path = kind.getValue();
                if (path.isEmpty() && number == null) {
                    self.error("nsenter: no target PID specified");
                    return 1;
                }
                if (!path.isEmpty() && !kind.getKey().equals("n")) {
                    return Unsupported.answer(self, "nsenter enters only network namespaces by their file");
                }
                if (path.isEmpty()) {
                    path = "/proc/" + number + "/ns/" + file(kind.getKey());
                }
                NetworkNamespace found = kind.getKey().equals("n") ? NamedNamespaces.find(self, path) : network;
                if (found == null || kind.getValue().isEmpty() && target == null && !"1".equals(number)) {
                    self.error("nsenter: cannot open " + path + ": No such file or directory");
                    return 1;
                }
                network = found;
            }
            boolean mayEnter = self.context().may(Capability.SYS_ADMIN);
            if (!mayEnter || wanted.containsKey("U")) {
                String byFile = wanted.getOrDefault("n", "");
                self.error("nsenter: reassociate to " + (byFile.isEmpty() ? "namespaces" : "namespace '" + byFile + "'") + " failed: "
                        + (mayEnter ? "Invalid argument" : "Operation not permitted"));
                return 1;
            }
            return enter(wanted, network, operands);
        }

        private int enter(Map<String, String> wanted, NetworkNamespace network, List<String> operands) {
            boolean mount = wanted.containsKey("m");
            List<String> command = !operands.isEmpty() ? operands : List.of(shell(mount));
            ProcessContext own = self.context();
            ProcessContext other = target == null ? own : target.context();
            ProcessContext inside = own.within(network,
                    wanted.containsKey("u") ? other.uts() : own.uts(),
                    wanted.containsKey("p") ? other.pids() : own.pids(),
                    mount ? other.files() : own.files());
            if (mount) {
                inside.enterMounts(other.namespace(NamespaceKind.MOUNT));
            }
            if (wanted.containsKey("i")) {
                inside.enterIpc(other.namespace(NamespaceKind.IPC));
            }
            if (inside.files() == own.files() && inside.pids() == own.pids() && inside.uts() == own.uts()) {
                self.enter(network);
                return become(self, command);
            }
            Program there = child -> become(child, command);
            return self.waitFor(self.spawn(there, command, inside, self.descriptors()));
        }

        /** {@code exec_shell()}; the shell of a machine's root is bash. */
        private String shell(boolean mount) {
            return self.context().environment().getOrDefault("SHELL", mount ? "/bin/sh" : "bash");
        }

        private static int become(EmulatedProcess process, List<String> command) {
            Executable program = Running.find(process, command.getFirst());
            if (program != null) {
                process.exec(program, new ArrayList<>(command));
            }
            boolean exists = command.getFirst().indexOf('/') >= 0 && process.context().files().exists(process, command.getFirst());
            process.error("nsenter: failed to execute " + command.getFirst() + ": "
                    + (exists ? "Permission denied" : "No such file or directory"));
            return exists ? 126 : 127;
        }
    }
}
