package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.process.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** {@code docker commit --change}: instructions that only say what containers are to be like ({@code BuildFromConfig}). */
public final class CommitChanges {
    private static final List<String> ALLOWED = List.of("CMD", "ENTRYPOINT", "HEALTHCHECK", "ENV", "EXPOSE", "LABEL", "ONBUILD", "STOPSIGNAL",
            "USER", "VOLUME", "WORKDIR");

    private CommitChanges() {}

    /** Changes {@code config} as the instructions say, one each. */
    public static void apply(List<String> changes, ImageConfig config) throws EngineException {
        var instructions = new ArrayList<Dockerfile.Instruction>();
        for (String change : changes) {
            if (!change.isBlank()) {
                instructions.add(Dockerfile.instruction(Dockerfile.NO_LINE, change.strip()));
            }
        }
        if (!changes.isEmpty() && instructions.isEmpty()) {
            throw EngineException.badRequest("file with no instructions");
        }
        for (Dockerfile.Instruction instruction : instructions) {
            if (!ALLOWED.contains(instruction.keyword())) {
                throw EngineException.badRequest(instruction.original().split("\\s+", 2)[0] + " is not a valid change command");
            }
            Dockerfile.check(instruction);
        }
        for (Dockerfile.Instruction instruction : instructions) {
            apply(instruction, config);
        }
    }

    private static void apply(Dockerfile.Instruction instruction, ImageConfig config) throws EngineException {
        var none = new TreeMap<String, String>();
        switch (instruction.keyword()) {
            case "CMD" -> config.command = line(instruction, config);
            case "ENTRYPOINT" -> config.entrypoint = line(instruction, config);
            case "ENV" -> DockerfileWords.pairs(instruction.rest(), none).forEach((name, value) -> setVariable(config, name, value));
            case "LABEL" -> config.labels.putAll(DockerfileWords.pairs(instruction.rest(), none));
            case "EXPOSE" -> {
                try {
                    for (String word : instruction.words()) {
                        config.exposedPorts.addAll(Port.several(word));
                    }
                } catch (IllegalArgumentException e) {
                    throw EngineException.badRequest(Objects.requireNonNull(e.getMessage()));
                }
            }
            case "USER" -> config.user = instruction.rest().strip();
            case "WORKDIR" -> config.workingDirectory = absolute(config.workingDirectory, instruction.rest().strip());
            case "VOLUME" -> config.volumes.addAll(instruction.words());
            case "STOPSIGNAL" -> {
                config.stopSignal = instruction.rest().strip();
                if (Signal.parse(config.stopSignal) == null) {
                    throw EngineException.badRequest("invalid signal: " + config.stopSignal);
                }
            }
            case "HEALTHCHECK" -> config.healthcheck = HealthcheckWords.parse(instruction);
            case "ONBUILD" -> {
                var triggers = new ArrayList<>(config.onBuild);
                triggers.add(instruction.rest());
                config.onBuild = List.copyOf(triggers);
            }
            default -> throw new IllegalStateException(instruction.keyword() + " is allowed and not known");
        }
    }

    private static List<String> line(Dockerfile.Instruction instruction, ImageConfig config) {
        if (instruction.items() != null) {
            return instruction.items();
        }
        if (instruction.rest().isBlank()) {
            return List.of();
        }
        var line = new ArrayList<>(config.shell.isEmpty() ? List.of("/bin/sh", "-c") : config.shell);
        line.add(instruction.rest());
        return line;
    }

    private static void setVariable(ImageConfig config, String name, String value) {
        var variables = new ArrayList<>(config.environment);
        int at = 0;
        while (at < variables.size() && !variables.get(at).startsWith(name + "=")) {
            at++;
        }
        if (at < variables.size()) {
            variables.set(at, name + "=" + value);
        } else {
            variables.add(name + "=" + value);
        }
        config.environment = List.copyOf(variables);
    }

    private static String absolute(String before, String path) {
        return path.startsWith("/") ? path : (before.equals("/") || before.isEmpty() ? "" : before) + "/" + path;
    }
}
