package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.MountRequest;
import java.util.List;

/**
 * What a tmpfs is like: its size and whose its top is ({@code mm/shmem.c}, {@code daemon/oci_linux.go}).
 *
 * @param size in bytes; 0 without a limit of its own
 * @param execution whether what is in it can be run
 * @param brief whether {@code --tmpfs} asked for it, not {@code --mount}
 */
record Temporary(long size, int mode, int uid, int gid, boolean readOnly, boolean execution, boolean brief) {
    static final Temporary USUAL = new Temporary(0, 01777, 0, 0, false, false, true);

    private static final List<String> FLAGS = List.of("rw", "suid", "nosuid", "dev", "nodev", "sync", "async", "atime",
            "noatime", "diratime", "nodiratime", "relatime", "strictatime", "private", "rprivate", "shared", "rshared", "slave", "rslave",
            "unbindable", "runbindable");

    private static final List<String> SETTINGS = List.of("size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol");

    /** The options of {@code --tmpfs} ({@code pkg/mount.ParseTmpfsOptions}). */
    static Temporary parse(String options) throws EngineException {
        Temporary made = USUAL;
        for (String option : options.isEmpty() ? new String[0] : options.split(",")) {
            String[] parts = option.split("=", 2);
            if (option.equals("ro")) {
                made = new Temporary(made.size, made.mode, made.uid, made.gid, true, made.execution, true);
            } else if (List.of("exec", "noexec").contains(option)) {
                made = new Temporary(made.size, made.mode, made.uid, made.gid, made.readOnly, option.equals("exec"), true);
            } else if (parts.length == 2 && SETTINGS.contains(parts[0])) {
                made = made.with(parts[0], parts[1]);
            } else if (!FLAGS.contains(option)) {
                throw EngineException.badRequest("invalid tmpfs option \"" + option + "\"");
            }
        }
        return made;
    }

    /** What containers have as {@code /dev/shm}. */
    static Temporary sharedMemory(long size) {
        return new Temporary(size, USUAL.mode, 0, 0, false, false, false);
    }

    static Temporary of(MountRequest request) {
        MountRequest.TmpfsOptions options = request.tmpfs();
        return new Temporary(options == null ? 0 : options.sizeBytes(),
                options == null || options.mode() == 0 ? USUAL.mode : options.mode(), 0, 0, request.readOnly(), false, false);
    }

    private Temporary with(String setting, String value) throws EngineException {
        return switch (setting) {
            case "mode" -> new Temporary(size, number(setting, value, "[0-7]{1,4}", 8), uid, gid, readOnly, execution, brief);
            case "uid" -> new Temporary(size, mode, number(setting, value, "\\d{1,9}", 10), gid, readOnly, execution, brief);
            case "gid" -> new Temporary(size, mode, uid, number(setting, value, "\\d{1,9}", 10), readOnly, execution, brief);
            case "size" -> new Temporary(bytes(value), mode, uid, gid, readOnly, execution, brief);
            default -> this;
        };
    }

    private static int number(String setting, String value, String pattern, int radix) throws EngineException {
        if (!value.matches(pattern)) {
            throw invalid(setting, value);
        }
        return Integer.parseInt(value, radix);
    }

    private static long bytes(String value) throws EngineException {
        if (!value.matches("\\d{1,9}[kKmMgG]?")) {
            throw invalid("size", value);
        }
        int unit = "kmg".indexOf(Character.toLowerCase(value.charAt(value.length() - 1)));
        return Long.parseLong(unit < 0 ? value : value.substring(0, value.length() - 1)) << 10 * (unit + 1);
    }

    private static EngineException invalid(String setting, String value) {
        return EngineException.notEmulated("what a tmpfs with " + setting + "=" + value + " does is not emulated");
    }
}
