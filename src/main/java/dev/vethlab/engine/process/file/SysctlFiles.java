package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.sysctl.Sysctls;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory of {@code /proc/sys}: the settings of the reader's network namespace whose names begin with {@code prefix}, one file each; a
 * dot in a name is a directory, but for those in a device's own name (sysctl.d(5)).
 */
record SysctlFiles(String prefix) implements GeneratedDirectory.Listing {
    private static final List<String> OF_DEVICES = List.of("net.ipv4.conf.", "net.ipv4.neigh.", "net.ipv6.conf.", "net.ipv6.neigh.");

    @Override
    public Map<String, Node> of(EmulatedProcess reader) {
        var entries = new TreeMap<String, Node>();
        for (String name : reader.network().sysctls().names()) {
            if (name.startsWith(prefix)) {
                String rest = name.substring(prefix.length());
                int dot = isOfDevices() ? rest.lastIndexOf('.') : rest.indexOf('.');
                if (dot < 0) {
                    entries.put(rest, setting(name));
                } else {
                    entries.computeIfAbsent(rest.substring(0, dot), this::directory);
                }
            }
        }
        return entries;
    }

    @Override
    public @Nullable Node find(String name, EmulatedProcess reader) {
        if (!isOfDevices() && name.contains(".")) {
            return null;
        }
        Sysctls sysctls = reader.network().sysctls();
        if (!isOfOneDevice() && sysctls.isDirectory(prefix + name)) {
            return directory(name);
        }
        return isOfDevices() || sysctls.get(prefix + name) == null ? null : setting(prefix + name);
    }

    private GeneratedDirectory directory(String name) {
        return new GeneratedDirectory(new SysctlFiles(prefix + name + "."));
    }

    /** Whether it holds a directory for each device and nothing else. */
    private boolean isOfDevices() {
        return OF_DEVICES.contains(prefix);
    }

    /** Whether it is the directory of one device, which holds no other. */
    private boolean isOfOneDevice() {
        return !isOfDevices() && OF_DEVICES.stream().anyMatch(prefix::startsWith);
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
