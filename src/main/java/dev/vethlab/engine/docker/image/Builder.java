package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.docker.api.BuildRequest;
import dev.vethlab.engine.docker.api.ContainerApi;
import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.Output;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.file.FileSystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds an image from a Dockerfile as the classic builder does ({@code builder/dockerfile/dispatchers.go}): each step makes an image of
 * the one before, by way of a container where something is to be run.
 */
public final class Builder {
    private static final String NOP = "/bin/sh -c #(nop) ";

    /** What a step takes: a container made and removed. */
    private static final long STEP_COST = 30_000_000;

    private final ImageStore images;
    private final ContainerApi containers;
    private final Supplier<String> ids;
    private final EmulatedProcess client;
    private final BuildRequest request;
    private final Consumer<String> out;
    private final List<BuildStage> stages = new ArrayList<>();
    private final Map<String, String> globalArguments = new TreeMap<>();
    private final TreeSet<String> unused;
    private boolean cacheBroken;

    public Builder(
            ImageStore images,
            ContainerApi containers,
            Supplier<String> ids,
            EmulatedProcess client,
            BuildRequest request,
            Consumer<String> out) {
        this.images = images;
        this.containers = containers;
        this.ids = ids;
        this.client = client;
        this.request = request;
        this.out = out;
        this.unused = new TreeSet<>(request.arguments.keySet());
        this.cacheBroken = request.noCache;
    }

    /** @throws EngineException if the request makes no sense; what goes wrong later is in the result */
    public BuildRequest.Result build() throws EngineException {
        List<Dockerfile.Instruction> instructions = Dockerfile.parse(request.dockerfile, dockerfile());
        int last = end(instructions);
        try {
            for (int i = 0; i < last; i++) {
                Dockerfile.Instruction instruction = instructions.get(i);
                out.accept("Step " + (i + 1) + "/" + last + " : " + instruction.original() + "\n");
                client.spend(STEP_COST);
                dispatch(instruction);
                if (!stages.isEmpty()) {
                    String id = stages.getLast().imageId();
                    out.accept(" ---> " + (id.isEmpty() ? "" : ShortId.of(id)) + "\n");
                }
            }
            return finish();
        } catch (BuildFailure e) {
            showEnds();
            return new BuildRequest.Result("", e.message(), e.code());
        }
    }

    /** What a stage ended with and nothing was built on is an image like others, without a name. */
    private void showEnds() {
        for (BuildStage stage : stages) {
            Image image = stage.image;
            boolean end = image != null && images.isBuilt(image) && stages.stream().noneMatch(other -> other != stage
                    && other.history().stream().anyMatch(step -> step.imageId().equals(image.id())));
            if (end) {
                images.show(java.util.Objects.requireNonNull(image));
            }
        }
    }

    private String dockerfile() throws EngineException {
        try {
            return request.context.readAll(client, "/" + request.dockerfile).text();
        } catch (KernelException e) {
            throw EngineException.badRequest("Cannot locate specified Dockerfile: " + request.dockerfile);
        }
    }

    /** How many instructions are to be done: all, or those up to the end of the stage that was asked for. */
    private int end(List<Dockerfile.Instruction> instructions) throws EngineException {
        if (request.target.isEmpty()) {
            return instructions.size();
        }
        int stage = -1;
        boolean inside = false;
        for (int i = 0; i < instructions.size(); i++) {
            if (instructions.get(i).keyword().equals("FROM")) {
                if (inside) {
                    return i;
                }
                stage++;
                List<String> words = instructions.get(i).words();
                inside = request.target.equals(Integer.toString(stage))
                        || words.size() == 3 && words.get(2).equalsIgnoreCase(request.target);
            }
        }
        if (!inside) {
            throw EngineException.badRequest("target stage \"" + request.target + "\" could not be found");
        }
        return instructions.size();
    }

    private BuildRequest.Result finish() throws BuildFailure, EngineException {
        Image image = stages.getLast().image;
        if (!request.labels.isEmpty() && image != null) {
            stages.getLast().config.labels.putAll(request.labels);
            var labels = new ArrayList<String>();
            request.labels.forEach((name, value) -> labels.add(name + "=" + value));
            commit(stages.getLast(), "LABEL " + String.join(" ", labels));
            image = stages.getLast().image;
        }
        if (image == null) {
            throw new BuildFailure("No image was generated. Is your Dockerfile empty?");
        }
        if (!unused.isEmpty()) {
            out.accept("[Warning] One or more build-args " + String.join(" ", unused).transform(s -> "[" + s + "]") + " were not consumed\n");
        }
        out.accept("Successfully built " + ShortId.of(image.id()) + "\n");
        showEnds();
        images.show(image);
        for (Reference tag : request.tags) {
            images.tag(image, tag);
            out.accept("Successfully tagged " + tag + "\n");
        }
        return new BuildRequest.Result(image.id(), "", 0);
    }

    // ---- instructions ----

    private void dispatch(Dockerfile.Instruction instruction) throws BuildFailure, EngineException {
        if (instruction.keyword().equals("FROM")) {
            from(instruction);
            return;
        }
        if (stages.isEmpty()) {
            globalArgument(instruction);
            return;
        }
        BuildStage stage = stages.getLast();
        Map<String, String> variables = stage.variables();
        switch (instruction.keyword()) {
            case "ARG" -> argument(stage, instruction);
            case "RUN" -> run(stage, instruction);
            case "COPY", "ADD" -> copy(stage, instruction);
            case "ENV" -> {
                Map<String, String> pairs = DockerfileWords.pairs(instruction.rest(), variables);
                pairs.forEach(stage::setVariable);
                commit(stage, "ENV " + joined(pairs));
            }
            case "LABEL" -> {
                Map<String, String> pairs = DockerfileWords.pairs(instruction.rest(), variables);
                stage.config.labels.putAll(pairs);
                commit(stage, "LABEL " + joined(pairs));
            }
            case "WORKDIR" -> {
                String path = DockerfileWords.expand(instruction.rest().strip(), variables);
                stage.config.workingDirectory = absolute(stage, path);
                FileSystem files = stage.files().copy();
                files.addDirectory(stage.config.workingDirectory);
                step(stage, NOP + "WORKDIR " + stage.config.workingDirectory, files, true);
            }
            case "EXPOSE" -> expose(stage, instruction);
            case "CMD" -> {
                stage.config.command = commandLine(stage, instruction);
                stage.commandSet = true;
                commit(stage, "CMD " + array(stage.config.command));
            }
            case "ENTRYPOINT" -> {
                stage.config.entrypoint = commandLine(stage, instruction);
                if (!stage.commandSet) {
                    stage.config.command = List.of();
                }
                commit(stage, "ENTRYPOINT " + array(stage.config.entrypoint));
            }
            case "USER" -> {
                String user = DockerfileWords.expand(instruction.rest().strip(), variables);
                stage.config.user = user;
                commit(stage, "USER " + user);
            }
            case "STOPSIGNAL" -> {
                stage.config.stopSignal = DockerfileWords.expand(instruction.rest().strip(), variables);
                if (Signal.parse(stage.config.stopSignal) == null) {
                    throw new BuildFailure("invalid signal: " + stage.config.stopSignal);
                }
                commit(stage, "STOPSIGNAL " + stage.config.stopSignal);
            }
            case "SHELL" -> {
                stage.shell = instruction.words();
                stage.config.shell = stage.shell;
                commit(stage, "SHELL [" + String.join(" ", stage.shell) + "]");
            }
            case "HEALTHCHECK" -> {
                stage.config.healthcheck = HealthcheckWords.parse(instruction);
                commit(stage, "HEALTHCHECK " + HealthcheckWords.printed(java.util.Objects.requireNonNull(stage.config.healthcheck)));
            }
            case "VOLUME" -> {
                var paths = new ArrayList<String>();
                instruction.words().forEach(word -> paths.add(DockerfileWords.expand(word, variables)));
                stage.config.volumes.addAll(paths);
                commit(stage, "VOLUME [" + String.join(" ", paths) + "]");
            }
            case "MAINTAINER" -> {
                stage.author = instruction.rest();
                commit(stage, "MAINTAINER " + instruction.rest());
            }
            case "ONBUILD" -> {
                var triggers = new ArrayList<>(stage.config.onBuild);
                triggers.add(instruction.rest());
                stage.config.onBuild = List.copyOf(triggers);
                commit(stage, "ONBUILD " + instruction.rest());
            }
            default -> throw EngineException.notEmulated(instruction.keyword() + " is not emulated");
        }
    }

    private void from(Dockerfile.Instruction instruction) throws BuildFailure, EngineException {
        List<String> words = instruction.words();
        String name = DockerfileWords.expand(words.getFirst(), globalArguments);
        if (name.isEmpty()) {
            throw new BuildFailure("base name (" + words.getFirst() + ") should not be blank");
        }
        String stageName = words.size() == 3 ? words.get(2) : "";
        BuildStage earlier = stage(name);
        Image base = earlier != null ? earlier.image : null;
        if (earlier == null && !name.equals("scratch")) {
            base = image(name);
        }
        var stage = new BuildStage(stageName, base);
        stages.add(stage);
        List<String> triggers = stage.config.onBuild;
        stage.config.onBuild = List.of();
        if (!triggers.isEmpty()) {
            out.accept("# Executing " + triggers.size() + " build trigger" + (triggers.size() > 1 ? "s" : "") + "\n");
        }
        for (String trigger : triggers) {
            Dockerfile.Instruction step = Dockerfile.instruction(Dockerfile.NO_LINE, trigger);
            Dockerfile.check(step);
            dispatch(step);
        }
    }

    private Image image(String name) throws BuildFailure {
        Image known = images.lookup(name);
        if (known != null) {
            return known;
        }
        Reference reference = Reference.parse(name).orElse(null);
        if (reference == null) {
            throw new BuildFailure(Reference.complaint(name));
        }
        try {
            return images.pull(reference);
        } catch (EngineException e) {
            throw new BuildFailure(e.message());
        }
    }

    /** A stage that is made already, by name or number; null if there is none. */
    private @Nullable BuildStage stage(String name) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (stages.get(i).name.equalsIgnoreCase(name) && !name.isEmpty() || name.equals(Integer.toString(i))) {
                return stages.get(i);
            }
        }
        return null;
    }

    private void globalArgument(Dockerfile.Instruction instruction) {
        for (String word : DockerfileWords.split(instruction.rest())) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            String value = request.arguments.getOrDefault(name,
                    equals < 0 ? "" : DockerfileWords.expand(word.substring(equals + 1), globalArguments));
            globalArguments.put(name, value);
            unused.remove(name);
        }
    }

    private void argument(BuildStage stage, Dockerfile.Instruction instruction) throws BuildFailure, EngineException {
        for (String word : DockerfileWords.split(instruction.rest())) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            unused.remove(name);
            String otherwise = equals < 0 ? globalArguments.get(name)
                    : DockerfileWords.expand(word.substring(equals + 1), stage.variables());
            String value = request.arguments.getOrDefault(name, otherwise);
            if (value != null) {
                stage.arguments.put(name, value);
            }
        }
        commit(stage, "ARG " + instruction.rest());
    }

    private void expose(BuildStage stage, Dockerfile.Instruction instruction) throws BuildFailure, EngineException {
        var ports = new TreeSet<String>();
        for (String word : DockerfileWords.split(instruction.rest())) {
            String port = DockerfileWords.expand(word, stage.variables());
            try {
                stage.config.exposedPorts.addAll(Port.several(port));
            } catch (IllegalArgumentException e) {
                throw new BuildFailure(java.util.Objects.requireNonNull(e.getMessage()));
            }
            ports.add(port);
        }
        commit(stage, "EXPOSE " + String.join(" ", ports));
    }

    private static List<String> commandLine(BuildStage stage, Dockerfile.Instruction instruction) {
        if (instruction.items() != null) {
            return instruction.items();
        }
        if (instruction.rest().isBlank()) {
            return List.of();
        }
        var line = new ArrayList<>(stage.shell);
        line.add(instruction.rest());
        return line;
    }

    // ---- files ----

    private void copy(BuildStage stage, Dockerfile.Instruction instruction) throws BuildFailure, EngineException {
        String keyword = instruction.keyword();
        for (String flag : instruction.flags()) {
            if (flag.startsWith("--chmod=") || flag.startsWith("--link") || flag.startsWith("--parents")) {
                throw needsBuildKit(flag);
            }
            if (!flag.startsWith("--from=") && !flag.startsWith("--chown=")) {
                throw EngineException.notEmulated(keyword + " " + flag.split("=", 2)[0] + " is not emulated");
            }
        }
        String from = instruction.flag("from");
        var words = new ArrayList<String>();
        for (String word : instruction.items() != null ? instruction.words() : DockerfileWords.split(instruction.rest())) {
            words.add(DockerfileWords.expand(word, stage.variables()));
        }
        String target = words.removeLast();
        var sources = new CopySources(client, from.isEmpty() ? request.context : source(from));
        for (String source : words) {
            if (source.matches("(https?|git)://.*")) {
                throw EngineException.notEmulated(keyword + " of a URL is not emulated");
            }
            if (keyword.equals("ADD") && source.matches(".*\\.(tar|tgz|gz|bz2|xz|zst)")) {
                throw EngineException.notEmulated("ADD of an archive is not emulated");
            }
            sources.add(source, keyword, from.isEmpty());
        }
        if (sources.count() > 1 && !target.endsWith("/") && !target.equals(".")) {
            throw new BuildFailure("When using " + keyword
                    + " with more than one source file, the destination must be a directory and end with a /");
        }
        String path = absolute(stage, target);
        boolean directory = target.endsWith("/") || target.equals(".") || target.endsWith("/.");
        FileSystem files = stage.files().copy();
        String owner = DockerfileWords.expand(instruction.flag("chown"), stage.variables());
        sources.copyTo(files, directory ? path.replaceFirst("/*$", "/") : path,
                owner.isEmpty() ? null : new CopyOwner(files, ids).find(owner));
        String shown = owner.isEmpty() ? "" : "--chown=" + owner + " ";
        step(stage, NOP + keyword + " " + shown + sources.digest() + " in " + target + " ", files, false);
    }

    private static BuildFailure needsBuildKit(String flag) {
        return new BuildFailure("the --" + flag.substring(2).split("=", 2)[0]
                + " option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled");
    }

    private FileSystem source(String from) throws BuildFailure {
        BuildStage earlier = stage(from);
        return earlier != null ? earlier.files() : image(from).files();
    }

    private static String absolute(BuildStage stage, String path) {
        String start = path.startsWith("/") ? "" : stage.config.workingDirectory + "/";
        return "/" + CopySources.clean(start + path);
    }

    // ---- running ----

    private void run(BuildStage stage, Dockerfile.Instruction instruction) throws BuildFailure, EngineException {
        if (!instruction.flags().isEmpty()) {
            throw needsBuildKit(instruction.flags().getFirst());
        }
        List<String> line = instruction.items() != null ? instruction.items() : shellLine(stage, instruction.rest());
        List<String> arguments = stage.effectiveArguments();
        String by = (arguments.isEmpty() ? "" : "|" + arguments.size() + " " + String.join(" ", arguments) + " ") + String.join(" ", line);
        if (useCached(stage, by)) {
            return;
        }
        ContainerView container = container(stage, line, arguments);
        out.accept(" ---> Running in " + ShortId.of(container.id()) + "\n");
        try {
            containers.start(container.id());
        } catch (EngineException e) {
            throw new BuildFailure(e.message());
        }
        follow(container);
        int status = container.state().exitCode();
        if (status != 0) {
            throw new BuildFailure("The command '" + String.join(" ", line) + "' returned a non-zero code: " + status, status);
        }
        keep(stage, by, containers.archive(container.id()).copy());
        discard(container);
    }

    private static List<String> shellLine(BuildStage stage, String text) {
        var line = new ArrayList<>(stage.shell);
        if (!text.isEmpty()) {
            line.add(text);
        }
        return line;
    }

    private ContainerView container(BuildStage stage, List<String> line, List<String> arguments) throws EngineException {
        var config = new ContainerConfig();
        Image image = stage.image;
        if (image == null) {
            throw EngineException.badRequest("no image to run this in");
        }
        config.image = image.id();
        config.cmd = line;
        config.entrypoint = List.of("");
        config.workingDir = stage.config.workingDirectory;
        config.env.addAll(arguments);
        config.healthcheck = new ContainerConfig.Healthcheck(List.of("NONE"), 0, 0, 0, 0, 0);
        return containers.create("", config, new HostConfig(), new LinkedHashMap<>());
    }

    /** Shows what the container writes until it ends; what went to standard error in red. */
    private void follow(ContainerView container) {
        Output log = container.log();
        long position = 0;
        while (true) {
            boolean over = !container.state().isRunning();
            for (Output.Entry entry : log.from(position)) {
                out.accept(entry.error() ? "\u001b[91m" + entry.data().text() + "\u001b[0m" : entry.data().text());
            }
            position = log.end();
            if (over) {
                return;
            }
            long seen = position;
            client.await(List.of(log.changed(), container.changed()), () -> log.end() > seen || !container.state().isRunning(),
                    EmulatedProcess.FOREVER);
        }
    }

    private void discard(ContainerView container) throws EngineException {
        if (request.removeIntermediate) {
            containers.remove(client, container.id(), true, true);
            out.accept(" ---> Removed intermediate container " + ShortId.of(container.id()) + "\n");
        }
    }

    // ---- steps ----

    private void commit(BuildStage stage, String text) throws BuildFailure, EngineException {
        step(stage, NOP + " " + text, stage.files().copy(), true);
    }

    /** A step that only changes what is known of the image, or files that are copied to it. */
    private void step(BuildStage stage, String by, FileSystem files, boolean inContainer) throws EngineException {
        if (useCached(stage, by)) {
            return;
        }
        if (inContainer && stage.image != null) {
            ContainerView container = container(stage, List.of("/bin/sh", "-c", by.substring(11)), List.of());
            out.accept(" ---> Running in " + ShortId.of(container.id()) + "\n");
            keep(stage, by, files);
            discard(container);
        } else {
            keep(stage, by, files);
        }
    }

    private boolean useCached(BuildStage stage, String by) {
        Image cached = cacheBroken ? null : images.cached(stage.imageId(), by);
        if (cached == null) {
            cacheBroken = true;
            return false;
        }
        out.accept(" ---> Using cache\n");
        stage.image = cached;
        stage.config = cached.config().copy();
        return true;
    }

    /** The stage's image from now on: these files, with what is known of it by now. */
    private void keep(BuildStage stage, String by, FileSystem files) throws EngineException {
        stage.image = images.derive("sha256:" + ids.get(), client.now(), stage.image, files, stage.config.copy(), by, "").by(stage.author);
    }

    private static String joined(Map<String, String> pairs) {
        return String.join(" ", pairs.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    }

    /** A list as {@code fmt.Sprintf("%q")} writes it. */
    private static String array(List<String> items) {
        return "[" + String.join(" ", items.stream().map(i -> '"' + i.replace("\\", "\\\\").replace("\"", "\\\"") + '"').toList()) + "]";
    }
}
