package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.Resources;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** {@code --memory}, {@code --cpus}, {@code --ulimit} and their like. */
final class ResourceFlags {
    private static final List<String> LIMITS = List.of("core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile",
            "nproc", "rss", "rtprio", "rttime", "sigpending", "stack");

    private ResourceFlags() {}

    static void read(ParsedFlags flags, HostConfig host) throws FlagException {
        Resources limits = host.resources;
        limits(flags, limits);
        limits.oomKillDisable = flags.flag("oom-kill-disable");
        if (flags.has("shm-size")) {
            host.shmSize = bytes(flags.text("shm-size"));
        }
        host.securityOpt.addAll(flags.texts("security-opt"));
        for (String text : flags.texts("ulimit")) {
            limits.ulimits.add(ulimit(text));
        }
    }

    /** Those that {@code docker update} changes too. */
    static void limits(ParsedFlags flags, Resources limits) throws FlagException {
        limits.memory = bytes(flags.text("memory"));
        limits.memoryReservation = bytes(flags.text("memory-reservation"));
        limits.memorySwap = bytes(flags.text("memory-swap"));
        limits.cpuShares = flags.number("cpu-shares", 0);
        limits.cpuPeriod = flags.number("cpu-period", 0);
        limits.cpuQuota = flags.number("cpu-quota", 0);
        limits.cpusetCpus = flags.text("cpuset-cpus");
        limits.cpusetMems = flags.text("cpuset-mems");
        if (flags.has("cpus")) {
            limits.nanoCpus = new BigDecimal(flags.text("cpus")).movePointRight(9).longValue();
        }
        if (flags.has("pids-limit")) {
            limits.pidsLimit = (long) flags.number("pids-limit", 0);
        }
    }

    /** {@code 64m}, in units of 1024 ({@code RAMInBytes}). */
    static long bytes(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String number = text.replaceFirst("[^\\d.-].*", "").strip();
        String unit = text.substring(text.length() - text.replaceFirst("[-\\d. ]*", "").length()).toLowerCase(Locale.ROOT);
        int power = unit.isEmpty() ? 0 : Math.max(0, "bkmgtp".indexOf(unit.charAt(0)));
        return (long) (Double.parseDouble(number) * Math.pow(1024, power));
    }

    /** {@code nofile=1024:2048} ({@code ParseUlimit}). */
    private static Resources.Ulimit ulimit(String text) throws FlagException {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        String problem = equals < 0 ? "invalid ulimit argument: " + text : LIMITS.contains(name) ? "" : "invalid ulimit type: " + name;
        String[] values = text.substring(equals + 1).split(":", 2);
        if (problem.isEmpty() && !(values[0].matches("-?\\d{1,18}") && values[values.length - 1].matches("-?\\d{1,18}"))) {
            problem = "strconv.ParseInt: parsing \"" + values[0] + "\": invalid syntax";
        }
        if (!problem.isEmpty()) {
            throw new FlagException("invalid argument \"" + text + "\" for \"--ulimit\" flag: " + problem);
        }
        long soft = Long.parseLong(values[0]);
        long hard = Long.parseLong(values[values.length - 1]);
        if (hard != -1 && (soft > hard || soft == -1)) {
            throw new FlagException("invalid argument \"" + text + "\" for \"--ulimit\" flag: ulimit soft limit must be less than or equal"
                    + " to hard limit: " + soft + " > " + hard);
        }
        return new Resources.Ulimit(name, soft, hard);
    }
}
