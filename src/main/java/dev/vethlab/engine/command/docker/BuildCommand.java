package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.docker.api.BuildRequest;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** {@code build}, as the client builds without buildx: it sends files and a Dockerfile, and the engine does the steps. */
final class BuildCommand {
    private static final String DEPRECATED = "DEPRECATED: The legacy builder is deprecated and will be removed in a future release.\n";

    /** What is said whenever something is built: that it is done the old way, and what to do about it ({@code cmd/docker/builder.go}). */
    static String deprecation(EmulatedProcess self) {
        boolean disabled = List.of("0", "f", "F", "false", "FALSE", "False").contains(self.context().environment().getOrDefault("DOCKER_BUILDKIT", ""));
        return DEPRECATED + (disabled ? """
                            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0
                            environment-variable.
                """ : """
                            Install the buildx component to build images with BuildKit:
                            https://docs.docker.com/go/buildx/
                """);
    }

    /** Where a Dockerfile from standard input is put in the context ({@code build.AddDockerfileToBuildContext}). */
    private static final String STANDARD_INPUT = ".dockerfile.0123456789abcdef0123";

    static final List<Command> ALL = List.of(new Command("[OPTIONS] PATH | URL | -", "Build an image from a Dockerfile", 1, 1, true,
            Flags.declare("""
                    !--add-host list   Add a custom host-to-IP mapping ("host:ip")
                    --build-arg list   Set build-time variables
                    !--cache-from strings   Images to consider as cache sources
                    !--cgroup-parent string   Set the parent cgroup for the "RUN" instructions during build
                    !--compress   Compress the build context using gzip
                    !--cpu-period int   Limit the CPU CFS (Completely Fair Scheduler) period
                    !--cpu-quota int   Limit the CPU CFS (Completely Fair Scheduler) quota
                    !-c, --cpu-shares int   CPU shares (relative weight)
                    !--cpuset-cpus string   CPUs in which to allow execution (0-3, 0,1)
                    !--cpuset-mems string   MEMs in which to allow execution (0-3, 0,1)
                    !--disable-content-trust   Skip image verification (default true)
                    -f, --file string   Name of the Dockerfile (Default is "PATH/Dockerfile")
                    --force-rm   Always remove intermediate containers
                    --iidfile string   Write the image ID to the file
                    !--isolation string   Container isolation technology
                    --label list   Set metadata for an image
                    !-m, --memory bytes   Memory limit
                    !--memory-swap bytes   Swap limit equal to memory plus swap: -1 to enable unlimited swap
                    !--network string   Set the networking mode for the RUN instructions during build (default "default")
                    --no-cache   Do not use cache when building the image
                    !--platform string   Set platform if server is multi-platform capable
                    --pull   Always attempt to pull a newer version of the image
                    -q, --quiet   Suppress the build output and print image ID on success
                    --rm   Remove intermediate containers after a successful build (default true)
                    !--security-opt strings   Security options
                    !--shm-size bytes   Size of "/dev/shm"
                    !--squash   Squash newly built layers into a single new layer
                    -t, --tag list   Name and optionally a tag in the "name:tag" format
                    --target string   Set the target build stage to build.
                    !--ulimit ulimit   Ulimit options (default [])
                    """), List.of("image build", "build", "builder build"), BuildCommand::build));


    private BuildCommand() {}

    private static int build(Command.Call call) throws EngineException {
        ParsedFlags flags = call.flags();
        EmulatedProcess self = call.self();
        BuildRequest request;
        try {
            request = call.argument(0).equals("-") ? fromInput(self) : context(self, call.argument(0), flags.text("file"));
        } catch (KernelException e) {
            call.error("unable to prepare context: " + e.errno().message().toLowerCase(Locale.ROOT));
            return 1;
        } catch (FlagException e) {
            call.error("unable to prepare context: " + e.message());
            return 1;
        }
        for (String argument : flags.texts("build-arg")) {
            int equals = argument.indexOf('=');
            String own = self.context().environment().get(argument);
            if (equals >= 0 || own != null) {
                request.arguments.put(equals < 0 ? argument : argument.substring(0, equals),
                        equals < 0 ? own : argument.substring(equals + 1));
            }
        }
        request.labels.putAll(NetworkCommands.map(flags.texts("label")));
        request.noCache = flags.flag("no-cache");
        request.removeIntermediate = flags.flag("rm", true);
        request.target = flags.text("target");
        flags.texts("tag").forEach(tag -> Reference.parse(tag).ifPresent(request.tags::add));
        boolean quiet = flags.flag("quiet");
        var kept = new StringBuilder();
        Consumer<String> output = quiet ? kept::append : self::print;
        String size = Units.exactSize(BuildContext.archiveSize(self, request.context));
        output.accept(String.format("Sending build context to Docker daemon %8s\r\r\n", size));
        BuildRequest.Result result;
        try {
            result = call.engine().images().build(self, request, output);
        } catch (EngineException e) {
            self.descriptor(2).write(self, Bytes.of(kept.toString()));
            throw e;
        }
        if (!result.error().isEmpty()) {
            self.descriptor(2).write(self, Bytes.of(kept.toString()));
            call.error(result.error());
            return result.code();
        }
        if (quiet) {
            call.println(result.image());
        }
        return writeId(call, result.image());
    }

    private static int writeId(Command.Call call, String image) {
        String path = call.flags().text("iidfile");
        if (!path.isEmpty()) {
            try {
                call.self().context().files().writeAll(call.self(), path, Bytes.of(image));
            } catch (KernelException e) {
                call.error("open " + path + ": " + e.errno().message().toLowerCase(Locale.ROOT));
                return 1;
            }
        }
        return 0;
    }

    private static BuildRequest fromInput(EmulatedProcess self) throws KernelException {
        var context = new FileSystem();
        context.writeAll(self, "/Dockerfile", LineReader.standardInput(self));
        return new BuildRequest(context);
    }

    /** Files below {@code path}, without what {@code .dockerignore} names; {@code file} is the Dockerfile's path, or empty. */
    static BuildRequest context(EmulatedProcess self, String path, String file) throws FlagException, KernelException {
        FileSystem files = self.context().files();
        if (path.matches("(https?://|git@|git://|github\\.com/).*")) {
            throw new FlagException("vethlab: a build context from a URL is not emulated");
        }
        if (!files.exists(self, path)) {
            throw new FlagException("path \"" + path + "\" not found");
        }
        if (!files.isDirectory(self, path)) {
            throw new FlagException("context must be a directory: " + files.realPath(self, path));
        }
        String root = files.realPath(self, path);
        if (file.equals("-")) {
            FileSystem context = BuildContext.collect(self, root, "");
            var request = new BuildRequest(context);
            request.dockerfile = STANDARD_INPUT;
            context.writeAll(self, "/" + STANDARD_INPUT, LineReader.standardInput(self));
            return request;
        }
        String dockerfile = file.isEmpty() ? root.replaceFirst("/*$", "/") + "Dockerfile" : absolute(self, file);
        if (!files.exists(self, dockerfile)) {
            throw new FlagException("unable to evaluate symlinks in Dockerfile path: lstat " + dockerfile + ": no such file or directory");
        }
        String start = root.replaceFirst("/*$", "/");
        boolean inside = dockerfile.startsWith(start);
        String name = inside ? dockerfile.substring(start.length()) : ".dockerfile." + ShortId.of(Integer.toHexString(dockerfile.length()));
        FileSystem context = BuildContext.collect(self, root, inside ? name : "");
        if (!inside) {
            context.writeAll(self, "/" + name, files.readAll(self, dockerfile));
        }
        var request = new BuildRequest(context);
        request.dockerfile = name;
        return request;
    }

    private static String absolute(EmulatedProcess self, String path) {
        return path.startsWith("/") ? path : self.context().directory().replaceFirst("/*$", "/") + path.replaceFirst("^(\\./)+", "");
    }
}
