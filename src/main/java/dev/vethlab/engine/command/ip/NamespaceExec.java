package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.file.RegularFile;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Programs in other network namespaces ({@code setns}, then {@code execvp}). */
public final class NamespaceExec {
    private static final String SEARCH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String ETC = "/etc/netns/";

    private NamespaceExec() {}

    /** Enters the namespace and becomes the program; returns only if there is no such program. */
    public static void become(EmulatedProcess self, NetworkNamespace network, List<String> words) {
        self.enter(network);
        Executable program = find(self, words.getFirst());
        if (program != null) {
            self.exec(program, words);
        }
    }

    /** Lets a child of the process be the program; its exit status, empty if there is no such program. */
    static OptionalInt run(EmulatedProcess self, String name, NetworkNamespace network, List<String> words) {
        ProcessContext context = self.context().copy();
        context.enter(network);
        bindEtc(self, context, name);
        Executable program = find(self, words.getFirst());
        return program == null
                ? OptionalInt.empty()
                : OptionalInt.of(self.waitFor(self.spawn(program, words, context, self.descriptors())));
    }

    /** Files in {@code /etc/netns/NAME} are seen in the place of those in {@code /etc} ({@code bind_etc}). */
    static void bindEtc(EmulatedProcess self, ProcessContext context, String name) {
        context.enterMounts(self.network().machine().nextNamespaceInode());
        for (String file : list(self, ETC + name)) {
            String source = ETC + name + "/" + file;
            String target = "/etc/" + file;
            if (self.context().files().exists(self, target)) {
                context.bind(target, source);
            } else {
                self.error("Bind " + source + " -> " + target + " failed: No such file or directory");
            }
        }
    }

    private static Collection<String> list(EmulatedProcess self, String directory) {
        try {
            return self.context().files().list(self, directory).keySet();
        } catch (KernelException missing) {
            return List.of();
        }
    }

    private static @Nullable Executable find(EmulatedProcess self, String name) {
        String search = self.context().environment().getOrDefault("PATH", SEARCH);
        String path = self.context().files().lookupExecutable(self, name, search);
        try {
            return path != null && self.context().files().stat(self, path) instanceof RegularFile file ? file.program() : null;
        } catch (KernelException missing) {
            return null;
        }
    }
}
