package dev.vethlab.engine.command.service;

import dev.vethlab.engine.docker.DaemonConfig;
import dev.vethlab.engine.docker.Engine;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.List;

/** {@code dockerd} as it is typed: it says its version, or looks at its configuration; the engine itself is run as a service. */
final class Dockerd implements Program {
    private static final String FILE = "/etc/docker/daemon.json";
    private static final String COMMIT = "3ef3c07c883be49a2e8097bcf6d2952fce1d70eb";

    private final Engine engine;

    Dockerd(Engine engine) {
        this.engine = engine;
    }

    @Override
    public int main(EmulatedProcess self) {
        var flags = new ArrayList<String>();
        boolean validate = false;
        String file = "";
        List<String> words = self.arguments().subList(1, self.arguments().size());
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "-v", "--version" -> {
                    self.println("Docker version " + EngineApi.VERSION + "+dfsg4, build " + COMMIT);
                    return 0;
                }
                case "--validate" -> validate = true;
                case "--config-file" -> {
                    i++;
                    file = i < words.size() ? words.get(i) : "";
                }
                default -> {
                    if (word.startsWith("--config-file=")) {
                        file = word.substring("--config-file=".length());
                    } else {
                        flags.add(word);
                    }
                }
            }
        }
        try {
            DaemonConfig.validate(String.join(" ", flags), "");
        } catch (IllegalArgumentException e) {
            self.error("Status: " + e.getMessage() + "\nSee 'dockerd --help'.");
            return 1;
        }
        if (!validate) {
            return engine.isRunning() ? alreadyRuns(self)
                    : Unsupported.answer(self, "dockerd: it runs as a service: systemctl start docker");
        }
        return validate(self, String.join(" ", flags), file);
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
        self.error(problem.isEmpty() ? "configuration OK" : "unable to configure the Docker daemon with file " + path + ": " + problem);
        return problem.isEmpty() ? 0 : 1;
    }
}
