package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Where files of network namespaces are mounted: below the directories of {@code ip netns} and Docker, and wherever else somebody did. */
public final class NamespaceMounts {
    private static final String DOCKER = "/run/docker/netns";
    private static final String NAMES = "/run/netns";

    private NamespaceMounts() {}

    /** By absolute path, the oldest of each place first. */
    public static SequencedMap<String, NetworkNamespace> visibleTo(EmulatedProcess reader) {
        SequencedMap<String, NetworkNamespace> found = new LinkedHashMap<>();
        addAll(found, reader, DOCKER);
        if (reader.context().files().isDirectory(reader, NAMES)) {
            reader.network().machine().namedNamespaces().forEach((name, network) -> found.put(NAMES + "/" + name, network));
        }
        reader.context().files().covered().forEach(found::put);
        return found;
    }

    private static void addAll(SequencedMap<String, NetworkNamespace> found, EmulatedProcess reader, String directory) {
        try {
            reader.context().files().list(reader, directory).forEach((name, file) -> {
                if (file instanceof SpecialFile special && special.namespace() instanceof NetworkNamespace network) {
                    found.put(directory + "/" + name, network);
                }
            });
        } catch (KernelException missing) {
            // nothing is mounted there
        }
    }

    /** The lines of {@code /proc/mounts} about them. */
    static List<String> lines(EmulatedProcess reader) {
        return visibleTo(reader).keySet().stream().map(path -> "nsfs " + path + " nsfs rw 0 0\n").toList();
    }
}
