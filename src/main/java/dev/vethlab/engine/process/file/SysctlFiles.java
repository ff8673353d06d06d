package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.Map;
import java.util.TreeMap;

/** {@code /proc/sys}: the settings of the reader's network namespace, one file each; a dot in a name is a directory. */
final class SysctlFiles {
    private SysctlFiles() {}

    static Map<String, Node> top(EmulatedProcess reader) {
        return below("", reader);
    }

    /** The entries of the directory whose settings begin with {@code prefix}; a device's own dots are written as slashes (sysctl.d(5)). */
    private static Map<String, Node> below(String prefix, EmulatedProcess reader) {
        var entries = new TreeMap<String, Node>();
        for (String name : reader.network().sysctls().names()) {
            if (!name.startsWith(prefix)) {
                continue;
            }
            String rest = name.substring(prefix.length());
            int dot = endOfComponent(prefix, rest);
            if (dot < 0) {
                entries.put(rest, setting(name));
            } else {
                String child = rest.substring(0, dot);
                entries.computeIfAbsent(child, c -> new GeneratedDirectory(r -> below(prefix + child + ".", r)));
            }
        }
        return entries;
    }

    /** In {@code net.ipv4.conf.eth0.100.forwarding} the device's name has a dot of its own: it ends at the last one. */
    private static int endOfComponent(String prefix, String rest) {
        return prefix.endsWith(".conf.") || prefix.endsWith(".neigh.") ? rest.lastIndexOf('.') : rest.indexOf('.');
    }

    private static SpecialFile setting(String name) {
        return SpecialFile.setting(
                reader -> {
                    String value = reader.network().sysctls().get(name);
                    if (value == null) {
                        throw new KernelException(Errno.ENOENT);
                    }
                    return value + "\n";
                },
                (writer, text) -> {
                    if (!writer.context().may(Capability.NET_ADMIN)) {
                        throw new KernelException(Errno.EPERM);
                    }
                    writer.network().sysctls().set(name, text);
                });
    }
}
