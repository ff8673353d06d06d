package dev.vethlab.engine.command.core;

import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Resident;
import dev.vethlab.engine.shell.ShellProgram;
import dev.vethlab.engine.shell.ShellState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which of the {@link CorePrograms} busybox has as applets: what an image made of it has. */
public final class BusyboxPrograms {
    private static final List<String> APPLETS = List.of("[", "awk", "base64", "basename", "cat", "chgrp", "chmod", "chown", "clear", "cmp", "comm", "cp",
            "cut", "date", "diff", "dirname", "du", "echo", "egrep", "env", "expand", "expr", "false", "fgrep", "find", "fold", "grep",
            "head", "hexdump", "hostname", "id", "kill", "killall", "less", "ln", "ls", "md5sum", "mkdir", "mktemp", "more", "mv",
            "nice", "nl", "nohup", "nproc", "od", "paste", "pgrep", "pidof", "pkill", "printf", "pwd", "ps", "readlink",
            "realpath", "rev", "rm", "rmdir", "sed", "seq", "sha1sum", "sha256sum", "sha512sum", "sleep", "sort", "stat", "sync",
            "sysctl", "tac", "tail", "tee", "test", "timeout", "top", "touch", "tr", "true", "truncate", "tty", "uname", "uniq",
            "uptime", "watch", "wc", "which", "whoami", "xargs", "yes");

    private BusyboxPrograms() {}

    /** The applets by name, its {@code sh} among them. */
    public static Map<String, Executable> all() {
        Map<String, Executable> core = CorePrograms.all();
        core.putAll(CorePrograms.extras());
        var applets = new LinkedHashMap<String, Executable>();
        for (String name : APPLETS) {
            applets.put(name, applet(Objects.requireNonNull(core.get(name), name)));
        }
        applets.put("sh", new ShellProgram(ShellState.Dialect.ASH));
        applets.put("ash", new ShellProgram(ShellState.Dialect.ASH));
        return applets;
    }

    private static Executable applet(Executable program) {
        return switch (program) {
            case Program main -> new Applet(main);
            case Resident resident -> resident;
        };
    }
}
