package dev.vethlab.engine.command.service;

import dev.vethlab.engine.command.docker.DaemonFlags;
import dev.vethlab.engine.docker.DaemonConfig;
import dev.vethlab.engine.docker.DaemonOption;
import dev.vethlab.engine.docker.Engine;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
/** {@code dockerd} as it is typed: it says its version, or looks at its configuration; the engine itself is run as a service. */
final class Dockerd implements Program {
    private static final String FILE = "/etc/docker/daemon.json";
    private static final String COMMIT = "3ef3c07c883be49a2e8097bcf6d2952fce1d70eb";

    private static final DaemonFlags FLAGS = new DaemonFlags(others());

    private final Engine engine;

    Dockerd(Engine engine) {
        this.engine = engine;
    }

    /** All other options that the real one has. */
    private static String others() {
        var lines = new StringBuilder();
        for (DaemonOption option : DaemonOption.ALL) {
            if (!option.flag().isEmpty()) {
                lines.append("!--").append(option.flag()).append(option.type().isSwitch() ? "" : " " + (option.type().isMany() ? "list" : "string"))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    @Override
    public int main(EmulatedProcess self) {
        DaemonFlags.Line line;
        try {
            line = FLAGS.parse(self.arguments().subList(1, self.arguments().size()));
        } catch (IllegalArgumentException e) {
            self.error("Status: " + e.getMessage() + "\nSee 'dockerd --help'.\n" + DaemonFlags.help() + ", Code: 125");
            return 1;
        }
        if (line.help()) {
            self.print(DaemonFlags.help());
            return 0;
        }
        if (!line.arguments().isEmpty()) {
            self.error(DaemonFlags.help().stripTrailing());
            return 1;
        }
        if (line.has("version")) {
            self.println("Docker version " + EngineApi.VERSION + "+dfsg4, build " + COMMIT);
            return 0;
        }
        if (!line.has("validate")) {
            return engine.isRunning() ? alreadyRuns(self)
                    : Unsupported.answer(self, "dockerd: it runs as a service: systemctl start docker");
        }
        var options = new ArrayList<String>();
        line.options().forEach((name, values) -> {
            if (!name.equals("validate") && !name.equals("config-file")) {
                values.forEach(value -> options.add("--" + name + "=" + value));
            }
        });
        return validate(self, String.join(" ", options), line.has("config-file") ? line.options().get("config-file").getLast() : "");
    }

    private int alreadyRuns(EmulatedProcess self) {
        self.error("failed to start daemon, ensure docker is not running or delete /var/run/docker.pid: process with PID "
                + engine.daemon().pid() + " is still running");
        return 1;
    }

    private static int validate(EmulatedProcess self, String flags, String file) {
        String path = file.isEmpty() ? FILE : file;
        String text = self.context().files().text(path);
        String problem;
        try {
            DaemonConfig.validate(flags, text == null ? "" : text);
            problem = text == null && !file.isEmpty() ? "open " + path + ": no such file or directory" : "";
        } catch (IllegalArgumentException e) {
            problem = String.valueOf(e.getMessage());
        }
        // two of a kind are noticed only after the file is done with
        boolean bare = problem.startsWith("conflict labels") || text == null && file.isEmpty();
        self.error(problem.isEmpty() ? "configuration OK"
                : (bare ? "" : "unable to configure the Docker daemon with file " + path + ": ") + problem);
        return problem.isEmpty() ? 0 : 1;
    }
}
