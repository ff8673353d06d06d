package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import java.util.List;
import java.util.Locale;

/** {@code export}, {@code import}, {@code save} and {@code load}: files and images as tar archives. */
final class ArchiveCommands {
    private static final String OUTPUT = """
            -o, --output string   Write to a file, instead of STDOUT
            """;

    static final List<Command> ALL = List.of(
            new Command("[OPTIONS] CONTAINER", "Export a container's filesystem as a tar archive", 1, 1, true, Flags.declare(OUTPUT),
                    List.of("container export", "export"), ArchiveCommands::export),
            new Command("[OPTIONS] file|URL|- [REPOSITORY[:TAG]]", "Import the contents from a tarball to create a filesystem image", 1, -1, true,
                    Flags.declare("""
                            -c, --change list   Apply Dockerfile instruction to the created image
                            -m, --message string   Set commit message for imported image
                            !--platform string   Set platform if server is multi-platform capable
                            """), List.of("image import", "import"), ArchiveCommands::makeImage),
            new Command("[OPTIONS] IMAGE [IMAGE...]", "Save one or more images to a tar archive (streamed to STDOUT by default)", 1, -1, true,
                    Flags.declare(OUTPUT + """
                            !--platform string   Save only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")
                            """), List.of("image save", "save"), ArchiveCommands::save),
            new Command("[OPTIONS]", "Load an image from a tar archive or STDIN", 0, 0, true, Flags.declare("""
                    -i, --input string   Read from tar archive file, instead of STDIN
                    !--platform string   Load only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")
                    -q, --quiet   Suppress the load output
                    """), List.of("image load", "load"), ArchiveCommands::load));

    private ArchiveCommands() {}

    // ---- out ----

    /** Asks the engine for an archive. */
    private interface Request {
        Bytes get() throws EngineException;
    }

    private static int export(Command.Call call) throws EngineException {
        return write(call, "failed to export container", () -> call.engine().containers().export(call.argument(0)));
    }

    private static int save(Command.Call call) throws EngineException {
        return write(call, "failed to save image", () -> call.engine().images().save(call.arguments()));
    }

    private static int write(Command.Call call, String failed, Request request) throws EngineException {
        EmulatedProcess self = call.self();
        String path = call.flags().text("output");
        if (path.isEmpty()) {
            if (self.descriptor(1).isTerminal()) {
                call.error("cowardly refusing to save to a terminal. Use the -o flag or redirect");
                return 1;
            }
            self.descriptor(1).write(self, request.get());
            return 0;
        }
        FileSystem files = self.context().files();
        int slash = path.lastIndexOf('/');
        String directory = slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
        if (!files.exists(self, directory)) {
            call.error(failed + ": invalid output path: stat " + directory + ": no such file or directory");
            return 1;
        }
        Bytes archive = request.get();
        try {
            files.writeAll(self, path, archive);
            return 0;
        } catch (KernelException e) {
            call.error("open " + path + ": " + e.errno().message().toLowerCase(Locale.ROOT));
            return 1;
        }
    }

    // ---- in ----

    private static Bytes read(EmulatedProcess self, String path) throws KernelException {
        return path.isEmpty() ? LineReader.standardInput(self) : self.context().files().readAll(self, path);
    }

    private static int makeImage(Command.Call call) throws EngineException {
        String source = call.argument(0);
        if (source.matches("https?://.*")) {
            throw EngineException.notEmulated("archives are not fetched");
        }
        Reference name = null;
        if (call.arguments().size() > 1 && !call.argument(1).isEmpty()) {
            name = Reference.parse(call.argument(1)).orElse(null);
            if (name == null) {
                call.error(Reference.complaint(call.argument(1)));
                return 1;
            }
        }
        Bytes archive;
        try {
            archive = read(call.self(), source.equals("-") ? "" : source);
        } catch (KernelException e) {
            return unreadable(call, source, e);
        }
        call.println(call.engine().images().make(archive, name, call.flags().text("message"), call.flags().texts("change")).id());
        return 0;
    }

    private static int load(Command.Call call) {
        String path = call.flags().text("input");
        if (path.isEmpty() && call.self().descriptor(0).isTerminal()) {
            call.error("requested load from stdin, but stdin is empty");
            return 1;
        }
        try {
            call.engine().images().load(read(call.self(), path)).forEach(call::println);
            return 0;
        } catch (KernelException e) {
            return unreadable(call, path, e);
        } catch (EngineException e) {
            // it is the last message of a stream that began well
            call.error(e.message());
            return 1;
        }
    }

    private static int unreadable(Command.Call call, String path, KernelException e) {
        call.error("open " + path + ": " + e.errno().message().toLowerCase(Locale.ROOT));
        return 1;
    }
}
