package dev.vethlab.engine.command.link;

import dev.vethlab.engine.command.core.Running;
import dev.vethlab.engine.command.ip.NamespaceExec;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.PidNamespace;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.Uts;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code unshare} of util-linux: network, UTS and IPC namespaces, PID namespaces that see their own {@code /proc}, and mount namespaces
 * as far as those differ.
 */
public final class Unshare implements Program {
    private static final String HINT = "Try 'unshare --help' for more information.";

    @Override
    public int main(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "+m::u::i::n::p::U::C::T::rfcVh", "mount::=m", "uts::=u", "ipc::=i", "net::=n", "pid::=p",
                "user::=U", "cgroup::=C", "time::=T", "map-root-user=r", "map-current-user=c", "fork=f", "mount-proc::", "version=V", "help=h");
        if (options.error() != null) {
            self.error(options.error() + "\n" + HINT);
            return 1;
        }
        if (options.has("V")) {
            self.println("unshare from util-linux 2.42.4");
            return 0;
        }
        boolean numbers = options.has("p");
        boolean foreign = options.has("U") || options.has("C") || options.has("T") || options.has("r") || options.has("c") || options.has("h")
                || numbers && !(options.has("f") && options.has("mount-proc"))
                || options.options().stream().anyMatch(option -> !option.value().isEmpty() && !option.name().equals("n"));
        if (foreign) {
            return Unsupported.answer(self, "unshare makes network, UTS, IPC and mount namespaces (-n, -u, -i, -m), and PID namespaces with their "
                    + "own /proc (-p -f --mount-proc)");
        }
        boolean any = numbers || options.has("n") || options.has("u") || options.has("i") || options.has("m");
        if (any && !self.context().may(Capability.SYS_ADMIN)) {
            self.error("unshare: unshare failed: Operation not permitted");
            return 1;
        }
        List<String> command = options.operands().isEmpty() ? List.of("bash") : options.operands();
        NetworkNamespace network = self.network();
        Machine machine = network.machine();
        if (options.has("n")) {
            try {
                network = machine.createNamespace("unshare-" + self.pid());
            } catch (KernelException refusal) {
                self.error("unshare: unshare failed: " + refusal.errno().message());
                return 1;
            }
            String file = options.value("n");
            if (file != null && !file.isEmpty() && !MountCommand.bind(self, network, file)) {
                self.error("unshare: mount /proc/" + self.pid() + "/ns/net on " + file + " failed: No such file or directory");
                network.release();
                return 1;
            }
            self.enter(network);
            network.release();
        }
        if (numbers || options.has("u") || options.has("i") || options.has("m") || options.has("mount-proc")) {
            return elsewhere(self, inside(self, options), command);
        }
        NamespaceExec.become(self, network, command);
        return notFound(self, command);
    }

    /** Numbered in the order of {@code create_new_namespaces()}. */
    private static ProcessContext inside(EmulatedProcess self, Getopt options) {
        ProcessContext own = self.context();
        Machine machine = self.network().machine();
        boolean mounts = options.has("m") || options.has("mount-proc");
        long mount = mounts ? machine.nextNamespaceInode() : 0;
        Uts uts = options.has("u") ? new Uts(own.uts().hostname(), machine.nextNamespaceInode()) : own.uts();
        long ipc = options.has("i") ? machine.nextNamespaceInode() : 0;
        PidNamespace pids = options.has("p") ? new PidNamespace(machine.nextNamespaceInode()) : own.pids();
        ProcessContext inside = own.within(self.network(), uts, pids, own.files());
        if (mounts) {
            inside.enterMounts(mount);
        }
        if (options.has("i")) {
            inside.enterIpc(ipc);
        }
        return inside;
    }

    private static int elsewhere(EmulatedProcess self, ProcessContext inside, List<String> command) {
        Program there = child -> {
            Executable program = Running.find(child, command.getFirst());
            if (program != null) {
                child.exec(program, new ArrayList<>(command));
            }
            return notFound(child, command);
        };
        return self.waitFor(self.spawn(there, command, inside, self.descriptors()));
    }

    private static int notFound(EmulatedProcess self, List<String> command) {
        self.error("unshare: failed to execute " + command.getFirst() + ": No such file or directory");
        return 127;
    }
}
