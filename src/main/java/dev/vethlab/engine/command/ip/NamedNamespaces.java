package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.process.file.SpecialFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The namespaces with a name below {@code /run/netns}, as a process sees them: one in a container's file system sees none. */
public final class NamedNamespaces {
    public static final String DIRECTORY = "/run/netns";

    private NamedNamespaces() {}

    /** By name, the youngest first, as a tmpfs lists its files. */
    public static SequencedMap<String, NetworkNamespace> visibleTo(EmulatedProcess self) {
        var found = new LinkedHashMap<String, NetworkNamespace>();
        for (String name : names(self)) {
            NetworkNamespace network = at(self, DIRECTORY + "/" + name);
            if (network != null) {
                found.put(name, network);
            }
        }
        return found;
    }

    /**
     * All names, be it that they lead nowhere. Links come first: they are made for processes that run, after the names of {@code ip netns
     * add}.
     */
    static List<String> names(EmulatedProcess self) {
        Map<String, Node> files;
        try {
            files = self.context().files().list(self, DIRECTORY);
        } catch (KernelException missing) {
            return List.of();
        }
        var names = new ArrayList<String>();
        files.forEach((name, file) -> {
            if (!(file instanceof SpecialFile)) {
                names.add(name);
            }
        });
        names.sort(Comparator.comparingLong((String name) -> -files.get(name).modified()));
        self.network().machine().namedNamespaces().reversed().keySet().stream().filter(files::containsKey).forEach(names::add);
        return names;
    }

    /** Whether there is a file of this name, be it a link that leads nowhere. */
    static boolean isTaken(EmulatedProcess self, String name) {
        try {
            self.context().files().linkStat(self, DIRECTORY + "/" + name);
            return true;
        } catch (KernelException missing) {
            return false;
        }
    }

    /** The namespace whose file a path leads to, by links or not; null if there is none such. */
    public static @Nullable NetworkNamespace at(EmulatedProcess self, String path) {
        try {
            return self.context().files().stat(self, path) instanceof SpecialFile file ? file.namespace() : null;
        } catch (KernelException missing) {
            return null;
        }
    }

    /** The namespace of this name. @throws IpFailure as {@code netns_switch} says it */
    public static NetworkNamespace open(EmulatedProcess self, String name) {
        if (name.isEmpty()) {
            // the directory itself can be opened, and is no namespace
            throw new IpFailure(255, "setting the network namespace \"\" failed: Invalid argument");
        }
        NetworkNamespace network = visibleTo(self).get(name);
        if (network == null && isTaken(self, name) && self.context().files().exists(self, DIRECTORY + "/" + name)) {
            throw new IpFailure(255, "setting the network namespace \"" + name + "\" failed: Invalid argument");
        }
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

    /** The namespace meant by a name, a path or a process id; null if there is none such. */
    public static @Nullable NetworkNamespace find(EmulatedProcess self, String word) {
        NetworkNamespace named = at(self, word.contains("/") ? word : DIRECTORY + "/" + word);
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
