package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.process.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One stage of a build: the image as far as it is made, and what the next steps see. */
final class BuildStage {
    final String name;

    /** Null when nothing is made yet of {@code FROM scratch}. */
    @Nullable Image image;

    ImageConfig config;
    List<String> shell = List.of("/bin/sh", "-c");

    /** The build arguments that {@code ARG} declared in this stage. */
    final Map<String, String> arguments = new TreeMap<>();

    /** What {@code MAINTAINER} said in this stage. */
    String author = "";

    /** Whether this stage said what to run; if so, a later {@code ENTRYPOINT} keeps it. */
    boolean commandSet;

    BuildStage(String name, @Nullable Image image) {
        this.name = name;
        this.image = image;
        this.config = image == null ? new ImageConfig() : image.config().copy();
    }

    FileSystem files() {
        return image == null ? new FileSystem() : image.files();
    }

    String imageId() {
        return image == null ? "" : image.id();
    }

    List<Image.Layer> history() {
        return image == null ? List.of() : image.history();
    }

    /** What {@code $NAME} means: arguments, and the environment before them. */
    Map<String, String> variables() {
        var variables = new TreeMap<>(arguments);
        for (String variable : config.environment) {
            int equals = variable.indexOf('=');
            variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return variables;
    }

    /** Arguments that are not hidden by the environment, each {@code NAME=VALUE}. */
    List<String> effectiveArguments() {
        var effective = new ArrayList<String>();
        arguments.forEach((name, value) -> {
            if (config.environment.stream().noneMatch(v -> v.startsWith(name + "="))) {
                effective.add(name + "=" + value);
            }
        });
        return effective;
    }

    void setVariable(String name, String value) {
        var environment = new ArrayList<String>();
        boolean known = false;
        for (String variable : config.environment) {
            boolean same = variable.startsWith(name + "=");
            environment.add(same ? name + "=" + value : variable);
            known |= same;
        }
        if (!known) {
            environment.add(name + "=" + value);
        }
        config.environment = environment;
    }
}
