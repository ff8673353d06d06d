package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.MountRequest;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;

/** {@code --volume}, {@code --mount}, {@code --tmpfs} and {@code --volumes-from} ({@code opts/mount.go}). */
final class VolumeFlags {
    private VolumeFlags() {}

    static void read(EmulatedProcess self, ParsedFlags flags, ContainerConfig config, HostConfig host) throws FlagException {
        for (String text : flags.texts("volume")) {
            int colon = text.indexOf(':');
            if (colon < 0) {
                config.volumes.add(text);
            } else {
                String source = text.substring(0, colon);
                String absolute = source.equals(".") || source.startsWith("./") || source.startsWith("../")
                        ? resolve(self.context().directory() + "/" + source) : source;
                host.binds.add(absolute + text.substring(colon));
            }
        }
        for (String text : flags.texts("mount")) {
            host.mounts.add(mount(text));
        }
        host.tmpfs.addAll(flags.texts("tmpfs"));
        host.volumesFrom.addAll(flags.texts("volumes-from"));
    }

    private static String resolve(String path) {
        var names = new java.util.ArrayDeque<String>();
        for (String name : path.split("/+")) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return "/" + String.join("/", names);
    }

    private static MountRequest mount(String text) throws FlagException {
        String type = "volume";
        String source = "";
        String target = "";
        boolean readOnly = false;
        for (String field : text.split(",")) {
            int equals = field.indexOf('=');
            String key = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(java.util.Locale.ROOT);
            String value = equals < 0 ? "" : field.substring(equals + 1);
            boolean flag = List.of("readonly", "ro", "volume-nocopy", "bind-nonrecursive").contains(key);
            if (equals < 0 && !flag) {
                throw complaint(text, "invalid field '" + field + "' must be a key=value pair");
            }
            switch (key) {
                case "type" -> type = value.toLowerCase(java.util.Locale.ROOT);
                case "source", "src" -> source = value;
                case "target", "dst", "destination" -> target = value;
                case "readonly", "ro" -> {
                    if (equals >= 0 && !List.of("true", "1", "false", "0").contains(value)) {
                        throw complaint(text, "invalid value for " + key + ": " + value);
                    }
                    readOnly = equals < 0 || value.equals("true") || value.equals("1");
                }
                case "consistency", "bind-propagation", "volume-nocopy", "tmpfs-size", "tmpfs-mode" -> {}
                default -> throw complaint(text, "unexpected key '" + key + "' in '" + field + "'");
            }
        }
        if (target.isEmpty()) {
            throw complaint(text, "target is required");
        }
        return new MountRequest(type, source, target, readOnly, false);
    }

    private static FlagException complaint(String text, String why) {
        return new FlagException("invalid argument \"" + text + "\" for \"--mount\" flag: " + why);
    }
}
