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
            checkSections(text);
            int colon = text.indexOf(':');
            boolean drive = colon == 1 && Character.isLetter(text.charAt(0));
            if (colon < 0 || drive && text.indexOf(':', 2) < 0) {
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

    /** {@code cli/compose/loader/volume.go}: no part may be empty; a letter before a colon is taken for a drive of Windows. */
    private static void checkSections(String text) throws FlagException {
        String[] parts = text.split(":", -1);
        if (parts.length > 1 && List.of(parts).contains("")) {
            throw new FlagException("invalid spec: " + text + ": empty section between colons");
        }
        if (parts.length > 3) {
            throw new FlagException("invalid spec: " + text + ": too many colons");
        }
    }

    private static MountRequest mount(String text) throws FlagException {
        return new MountFlag(text).parse();
    }
}
