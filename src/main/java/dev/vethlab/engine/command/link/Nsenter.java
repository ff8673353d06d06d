package dev.vethlab.engine.command.link;

import dev.vethlab.engine.command.ip.NamedNamespaces;
import dev.vethlab.engine.command.ip.NamespaceExec;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;

/** {@code nsenter} of util-linux, for network namespaces. */
public final class Nsenter implements Program {
    private static final String HINT = "Try 'nsenter --help' for more information.";

    @Override
    public int main(EmulatedProcess self) {
        List<String> words = self.arguments();
        String target = null;
        String file = null;
        boolean wantsNetwork = false;
        int i = 1;
        for (; i < words.size() && words.get(i).startsWith("-") && words.get(i).length() > 1; i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                i++;
                break;
            }
            if (word.equals("-t") || word.equals("--target")) {
                if (++i >= words.size()) {
                    self.error("nsenter: option requires an argument -- 't'\n" + HINT);
                    return 1;
                }
                target = words.get(i);
            } else if (word.startsWith("--target=")) {
                target = word.substring(9);
            } else if (word.startsWith("-t")) {
                target = word.substring(2);
            } else if (word.startsWith("--net=")) {
                file = word.substring(6);
                wantsNetwork = true;
            } else if (word.startsWith("-n") || word.equals("--net")) {
                file = word.length() > 2 && !word.startsWith("--") ? word.substring(2) : file;
                wantsNetwork = true;
            } else if (word.equals("-V") || word.equals("--version")) {
                self.println("nsenter from util-linux 2.42.4");
                return 0;
            } else if (List.of("-m", "-u", "-i", "-p", "-C", "-U", "-T", "-a", "--all", "--mount", "--uts", "--ipc", "--pid", "-r", "-w",
                    "-F").contains(word)) {
                return Unsupported.answer(self, "nsenter enters network namespaces only (-n)");
            } else {
                self.error(word.startsWith("--")
                        ? "nsenter: unrecognized option '" + word + "'\n" + HINT
                        : "nsenter: invalid option -- '" + word.charAt(1) + "'\n" + HINT);
                return 1;
            }
        }
        if (target != null && !target.matches("[0-9]{1,9}")) {
            self.error("nsenter: invalid PID argument");
            return 1;
        }
        if (!wantsNetwork) {
            self.error("nsenter: no namespace specified");
            return 1;
        }
        if (file == null && target == null) {
            self.error("nsenter: no target PID specified");
            return 1;
        }
        String path = file != null ? file : "/proc/" + target + "/ns/net";
        NetworkNamespace network = NamedNamespaces.find(self, path);
        if (network == null) {
            self.error("nsenter: cannot open " + path + ": No such file or directory");
            return 1;
        }
        if (!self.context().may(Capability.SYS_ADMIN)) {
            self.error("nsenter: reassociate to namespace 'ns/net' failed: Operation not permitted");
            return 1;
        }
        List<String> command = i < words.size() ? words.subList(i, words.size()) : List.of("bash");
        NamespaceExec.become(self, network, command);
        self.error("nsenter: failed to execute " + command.getFirst() + ": No such file or directory");
        return 127;
    }
}
