package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The namespaces with a name below {@code /run/netns}, as a process sees them: one in a container's file system sees none. */
public final class NamedNamespaces {
    public static final String DIRECTORY = "/run/netns";

    private NamedNamespaces() {}

    /** By name, the youngest first, as a tmpfs lists its files. */
    public static SequencedMap<String, NetworkNamespace> visibleTo(EmulatedProcess self) {
        boolean visible = self.context().files().isDirectory(self, DIRECTORY);
        return visible ? self.network().machine().namedNamespaces().reversed() : new LinkedHashMap<>();
    }

    /** The namespace of this name. @throws IpFailure as {@code netns_switch} says it */
    public static NetworkNamespace open(EmulatedProcess self, String name) {
        if (name.isEmpty()) {
            // the directory itself can be opened, and is no namespace
            throw new IpFailure(255, "setting the network namespace \"\" failed: Invalid argument");
        }
        NetworkNamespace network = visibleTo(self).get(name);
        if (network == null) {
            throw new IpFailure(255, "Cannot open network namespace \"" + name + "\": No such file or directory");
        }
        return network;
    }

    /** The first name of a namespace; null if it has none. */
    public static @Nullable String nameOf(EmulatedProcess self, NetworkNamespace network) {
        for (Map.Entry<String, NetworkNamespace> entry : visibleTo(self).entrySet()) {
            if (entry.getValue() == network) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** The namespace meant by a name, a process id or {@code /proc/PID/ns/net}; null if there is none such. */
    public static @Nullable NetworkNamespace find(EmulatedProcess self, String word) {
        NetworkNamespace named = visibleTo(self).get(word.startsWith(DIRECTORY + "/") ? word.substring(DIRECTORY.length() + 1) : word);
        if (named != null) {
            return named;
        }
        String number = word.startsWith("/proc/") && word.endsWith("/ns/net") ? word.substring(6, word.length() - 7) : word;
        return Arguments.number(number, Integer.MAX_VALUE).isPresent() ? ofProcess(self, Integer.parseInt(number)) : null;
    }

    private static @Nullable NetworkNamespace ofProcess(EmulatedProcess self, int pid) {
        if (pid == 1) {
            return self.network().machine().root();
        }
        EmulatedProcess process = self.table().visibleTo(self).get(pid);
        return process == null ? null : process.network();
    }
}
