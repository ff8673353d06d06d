package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.LogLine;
import dev.vethlab.engine.kernel.netfilter.SaveText;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/**
 * {@code -j LOG}: a line in the kernel's log; only the machine's own namespace writes there ({@code nf_log_all_netns} is 0).
 *
 * @param level 0 (emerg) to 7 (debug); 4 (warning) unless given
 * @param flags the sum of {@link #TCP_SEQUENCE} …
 */
public record LogTarget(int level, String prefix, int flags) implements Target {
    public static final int TCP_SEQUENCE = 1;
    public static final int TCP_OPTIONS = 2;
    public static final int IP_OPTIONS = 4;
    public static final int UID = 8;
    public static final int MACDECODE = 32;
    public static final int DEFAULT_LEVEL = 4;
    /** {@code LOG_PREFIX} without its final 0. */
    public static final int MAX_PREFIX = 29;

    private static final String[] LEVELS = {"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"};

    @Override
    public String name() {
        return "LOG";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        NetworkNamespace namespace = at.namespace();
        if (namespace == namespace.machine().root()) {
            namespace.machine().log(LogLine.of(prefix, flags, packet, at));
        }
        return Verdict.CONTINUE;
    }

    @Override
    public void save(StringBuilder out) {
        if (!prefix.isEmpty()) {
            out.append(" --log-prefix ");
            SaveText.quote(out, prefix);
        }
        if (level != DEFAULT_LEVEL) {
            out.append(" --log-level ").append(level);
        }
        option(out, TCP_SEQUENCE, "tcp-sequence");
        option(out, TCP_OPTIONS, "tcp-options");
        option(out, IP_OPTIONS, "ip-options");
        option(out, UID, "uid");
        option(out, MACDECODE, "macdecode");
    }

    private void option(StringBuilder out, int flag, String name) {
        if ((flags & flag) != 0) {
            out.append(" --log-").append(name);
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" LOG");
        if (numeric) {
            out.append(" flags ").append(flags).append(" level ").append(level);
        } else {
            out.append(" level ").append(LEVELS[level]);
            listOption(out, TCP_SEQUENCE, "tcp-sequence");
            listOption(out, TCP_OPTIONS, "tcp-options");
            listOption(out, IP_OPTIONS, "ip-options");
            listOption(out, UID, "uid");
            listOption(out, MACDECODE, "macdecode");
        }
        if (!prefix.isEmpty()) {
            out.append(" prefix \"").append(prefix).append('"');
        }
    }

    private void listOption(StringBuilder out, int flag, String name) {
        if ((flags & flag) != 0) {
            out.append(' ').append(name);
        }
    }

    /** The number of a level's name or number; -1 if it is none. */
    public static int level(String text) {
        for (int i = 0; i < LEVELS.length; i++) {
            if (text.equalsIgnoreCase(LEVELS[i]) || text.equals(Integer.toString(i))) {
                return i;
            }
        }
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "panic" -> 0;
            case "error" -> 3;
            case "warning" -> 4;
            default -> -1;
        };
    }
}
