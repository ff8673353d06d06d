package dev.vethlab.engine.command.service;

import dev.vethlab.engine.command.docker.DaemonFlags;
import dev.vethlab.engine.docker.DaemonConfig;
import dev.vethlab.engine.docker.DaemonLog;
import dev.vethlab.engine.docker.DaemonOption;
import dev.vethlab.engine.docker.Engine;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Resident;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;

/** {@code dockerd} as it is typed: it says its version, or looks at its configuration, or becomes the engine. */
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
        if (!line.has("validate") && engine.isRunning()) {
            return alreadyRuns(self);
        }
        var options = new ArrayList<String>();
        line.options().forEach((name, values) -> {
            if (!name.equals("validate") && !name.equals("config-file")) {
                values.forEach(value -> options.add("--" + name + "=" + value));
            }
        });
        String file = line.has("config-file") ? line.options().get("config-file").getLast() : "";
        String flags = String.join(" ", options);
        return line.has("validate") ? validate(self, flags, file) : run(self, flags, file);
    }

    /** It becomes the engine, as long as that runs. */
    private int run(EmulatedProcess self, String flags, String file) {
        String path = file.isEmpty() ? FILE : file;
        String text = self.context().files().text(path);
        DaemonConfig config;
        try {
            if (text == null && !file.isEmpty()) {
                throw new IllegalArgumentException("open " + path + ": no such file or directory");
            }
            config = DaemonConfig.parse(flags).with(text == null ? "" : text);
        } catch (DaemonConfig.NotEmulated e) {
            return Unsupported.answer(self, "dockerd: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            self.error("unable to configure the Docker daemon with file " + path + ": " + e.getMessage());
            return 1;
        }
        self.spend(DockerService.START_COST);
        self.become((Resident) process -> {
            try {
                engine.startAs(process, config, process::error);
            } catch (EngineException e) {
                process.error("failed to start daemon: " + e.message());
                process.exit(1);
            }
        }, self.arguments());
        return 0;
    }

    private int alreadyRuns(EmulatedProcess self) {
        self.error(DaemonLog.info(self.now(), "Starting up"));
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
