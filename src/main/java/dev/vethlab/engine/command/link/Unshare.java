package dev.vethlab.engine.command.link;

import dev.vethlab.engine.command.ip.NamespaceExec;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;

/** {@code unshare} of util-linux, for network namespaces. */
public final class Unshare implements Program {
    private static final String HINT = "Try 'unshare --help' for more information.";

    @Override
    public int main(EmulatedProcess self) {
        List<String> words = self.arguments();
        boolean network = false;
        int i = 1;
        for (; i < words.size() && words.get(i).startsWith("-"); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                i++;
                break;
            }
            if (word.equals("--version") || word.equals("-V")) {
                self.println("unshare from util-linux 2.42.4");
                return 0;
            }
            if (word.equals("--net")) {
                network = true;
            } else if (word.startsWith("--")) {
                return word.equals("--map-root-user") ? notEmulated(self) : unknown(self, "unrecognized option '" + word + "'");
            } else {
                for (char letter : word.substring(1).toCharArray()) {
                    switch (letter) {
                        case 'n' -> network = true;
                        case 'r', 'm', 'u', 'i', 'p', 'U', 'C', 'T', 'f', 'c' -> {
                            return notEmulated(self);
                        }
                        default -> {
                            return unknown(self, "invalid option -- '" + letter + "'");
                        }
                    }
                }
            }
        }
        List<String> command = i < words.size() ? words.subList(i, words.size()) : List.of("bash");
        NetworkNamespace fresh = self.network();
        if (network) {
            if (!self.context().may(Capability.SYS_ADMIN)) {
                self.error("unshare: unshare failed: Operation not permitted");
                return 1;
            }
            try {
                fresh = self.network().machine().createNamespace("unshare-" + self.pid());
                self.enter(fresh);
                fresh.release();
            } catch (KernelException refusal) {
                self.error("unshare: unshare failed: " + refusal.errno().message());
                return 1;
            }
        }
        NamespaceExec.become(self, fresh, command);
        self.error("unshare: failed to execute " + command.getFirst() + ": No such file or directory");
        return 127;
    }

    private static int notEmulated(EmulatedProcess self) {
        return Unsupported.answer(self, "unshare makes network namespaces only (-n)");
    }

    private static int unknown(EmulatedProcess self, String what) {
        self.error("unshare: " + what + "\n" + HINT);
        return 1;
    }
}
