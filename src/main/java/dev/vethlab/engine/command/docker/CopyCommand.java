package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.Programs;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.archive.TarEntry;
import dev.vethlab.engine.process.archive.TarWriter;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.TreeArchive;
import dev.vethlab.engine.process.file.TreeCopy;
import java.util.List;
import java.util.Locale;

/** {@code docker cp}: files and directories between a container and where the client is. */
final class CopyCommand {
    static final List<Command> ALL = List.of(new Command("[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|-"
            + " CONTAINER:DEST_PATH", "Copy files/folders between a container and the local filesystem", 2, 2, true, Flags.declare("""
            -a, --archive   Archive mode (copy all uid/gid information)
            -L, --follow-link   Always follow symbol link in SRC_PATH
            -q, --quiet   Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached
            """), List.of("container cp", "cp"), CopyCommand::copy));

    private static final TreeArchive TREES = new TreeArchive(Programs.all());

    private CopyCommand() {}

    /** One side: files, and an absolute path in them. */
    private record Side(FileSystem files, String path, String container) {}

    private static int copy(Command.Call call) throws EngineException {
        return copy(call.self(), call.engine(), call.arguments(), call.flags().flag("archive"));
    }

    /** Copies from the first of two words to the second; {@code archive}: with their owners. */
    static int copy(EmulatedProcess self, EngineApi engine, List<String> words, boolean archive) throws EngineException {
        String from = words.get(0);
        String to = words.get(1);
        if (from.equals("-")) {
            throw EngineException.notEmulated("tar archives are not read");
        }
        boolean out = isRemote(from);
        if (to.equals("-") && out) {
            return archive(self, engine, side(self, engine, from));
        }
        if (out == isRemote(to)) {
            self.error(out ? "copying between containers is not supported" : "must specify at least one container source");
            return 1;
        }
        Side source = side(self, engine, from);
        if (!source.files().exists(self, source.path())) {
            if (out) {
                throw EngineException.notFound("Could not find the file " + source.path() + " in container " + source.container());
            }
            // filepath.SplitList and Join of the client: below the root there are two slashes
            String shown = source.path().matches("/[^/]+") ? "/" + source.path() : source.path();
            self.error("lstat " + shown + ": no such file or directory");
            return 1;
        }
        Side target = side(self, engine, to);
        String above = parent(target.path().replaceFirst("(?<=.)/+$", ""));
        if (out && target.path().contains("/") && !target.files().isDirectory(self, above)) {
            self.error("invalid output path: directory \"" + above + "\" does not exist");
            return 1;
        }
        String base = source.path().replaceFirst("/+$", "");
        String name = base.substring(base.lastIndexOf('/') + 1);
        boolean into = target.files().isDirectory(self, target.path());
        String path = into ? target.path().replaceFirst("/*$", "/") + name : target.path();
        if (!out && target.files().isDirectory(self, above.isEmpty() ? "/" : above)) {
            engine.containers().checkExtraction(target.container(), path);
        }
        try {
            TreeCopy.copy(self, source.files(), source.path(), target.files(), path, (original, copied) -> {
                if (archive) {
                    target.files().changeOwner(self, copied, original.uid(), original.gid(), false);
                }
            });
            engine.containers().archived(out ? source.container() : target.container(), out);
            return 0;
        } catch (KernelException e) {
            if (!out && !into && target.path().endsWith("/")) {
                self.error("no such directory");
                return 1;
            }
            if (!out && !into) {
                throw EngineException.notFound("Could not find the file " + parent(target.path()) + " in container " + target.container());
            }
            self.error("open " + path + ": " + e.errno().message().toLowerCase(Locale.ROOT));
            return 1;
        }
    }

    private static int archive(EmulatedProcess self, EngineApi engine, Side source) throws EngineException {
        String base = source.path().replaceFirst("(?<=.)/+$", "");
        try {
            var archive = new TarWriter();
            add(self, source.files(), archive, source.path(), base.substring(base.lastIndexOf('/') + 1));
            self.descriptor(1).write(self, archive.end(TarWriter.BLOCK));
            engine.containers().archived(source.container(), true);
            return 0;
        } catch (KernelException e) {
            throw EngineException.notFound("Could not find the file " + source.path() + " in container " + source.container());
        }
    }

    private static void add(EmulatedProcess self, FileSystem files, TarWriter archive, String path, String name) throws KernelException {
        archive.add(TREES.entry(self, files, path, name, new TarEntry.Owner(0, 0, "root", "root")));
        if (files.linkStat(self, path).isDirectory()) {
            for (String child : files.list(self, path).keySet()) {
                add(self, files, archive, path.replaceFirst("/*$", "/") + child, name + "/" + child);
            }
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    static boolean isRemote(String text) {
        return text.indexOf(':') > 0 && !text.startsWith("/") && !text.startsWith(".");
    }

    private static Side side(EmulatedProcess self, EngineApi engine, String text) throws EngineException {
        if (!isRemote(text)) {
            String directory = self.context().directory();
            return new Side(self.context().files(), text.startsWith("/") ? text : directory.replaceFirst("/*$", "/") + text, "");
        }
        int colon = text.indexOf(':');
        String name = text.substring(0, colon);
        String path = text.substring(colon + 1);
        return new Side(engine.containers().archive(name), path.startsWith("/") ? path : "/" + path, name);
    }
}
