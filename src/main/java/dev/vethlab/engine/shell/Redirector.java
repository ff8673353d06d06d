package dev.vethlab.engine.shell;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.ClosedFile;
import dev.vethlab.engine.process.file.FileError;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import dev.vethlab.engine.shell.expand.Expander;
import dev.vethlab.engine.shell.syntax.Part;
import dev.vethlab.engine.shell.syntax.Redirection;
import java.util.List;
import java.util.TreeMap;

/** Puts other files in the place of a process's descriptors, and takes them back. */
final class Redirector {
    private final EmulatedProcess process;
    private final ShellState state;
    private final Expander expander;
    private final TreeMap<Integer, OpenFile> saved = new TreeMap<>();

    /** A redirection that failed, with the words of the message. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message, null, false, false);
        }
    }

    Redirector(EmulatedProcess process, ShellState state, Expander expander) {
        this.process = process;
        this.state = state;
        this.expander = expander;
    }

    void apply(List<Redirection> redirections) throws Failure {
        for (Redirection redirection : redirections) {
            apply(redirection);
        }
    }

    private void apply(Redirection redirection) throws Failure {
        int descriptor = redirection.descriptor();
        if (descriptor > EmulatedProcess.MAX_DESCRIPTORS) {
            throw new Failure(descriptor + ": " + Errno.EBADF.message());
        }
        switch (redirection.kind()) {
            case READ -> put(descriptor, open(redirection, OpenMode.READ));
            case WRITE -> put(descriptor, open(redirection, OpenMode.WRITE));
            case CLOBBER -> put(descriptor, open(redirection, OpenMode.WRITE));
            case APPEND -> put(descriptor, open(redirection, OpenMode.APPEND));
            case READ_WRITE -> put(descriptor, open(redirection, OpenMode.READ_WRITE));
            case TEXT -> put(descriptor, new TextFile(Bytes.of(expander.text(redirection.text()))));
            case WRITE_BOTH, APPEND_BOTH ->
                both(open(redirection, redirection.kind() == Redirection.Kind.WRITE_BOTH ? OpenMode.WRITE : OpenMode.APPEND));
            case DUPLICATE_INPUT, DUPLICATE_OUTPUT -> duplicate(redirection, descriptor);
        }
    }

    private void both(OpenFile file) {
        put(1, file);
        put(2, file);
    }

    private void duplicate(Redirection redirection, int descriptor) throws Failure {
        String target = expander.text(redirection.target());
        if (target.equals("-")) {
            put(descriptor, ClosedFile.INSTANCE);
        } else if (target.matches("\\d{1,9}-?")) {
            int source = Integer.parseInt(target.replace("-", ""));
            OpenFile file = process.descriptor(source);
            if (file == ClosedFile.INSTANCE) {
                boolean ash = state.dialect == ShellState.Dialect.ASH;
                throw new Failure((ash ? "dup2(" + source + "," + descriptor + ")" : target) + ": " + Errno.EBADF.message());
            }
            put(descriptor, file);
        } else if (redirection.kind() == Redirection.Kind.DUPLICATE_OUTPUT && descriptor == 1) {
            both(open(redirection, OpenMode.WRITE));
        } else {
            throw new Failure(target + ": ambiguous redirect");
        }
    }

    private OpenFile open(Redirection redirection, OpenMode mode) throws Failure {
        List<String> fields = expander.fields(List.of(redirection.target()));
        if (fields.size() != 1) {
            throw new Failure((fields.isEmpty() ? "" : source(redirection)) + ": ambiguous redirect");
        }
        String path = fields.getFirst();
        if (state.isBash() && NetworkRedirection.isMeant(path)) {
            return NetworkRedirection.open(process, state.name, state.errorPrefix(), path);
        }
        FileSystem files = process.context().files();
        try {
            if (state.has(ShellState.Option.NOCLOBBER) && redirection.kind() == Redirection.Kind.WRITE
                    && files.exists(process, path) && files.stat(process, path).type() == '-') {
                throw new Failure(state.isBash() ? path + ": cannot overwrite existing file"
                        : AlmquistWords.cannotOpen(state, path, false, Errno.EEXIST));
            }
            return files.open(process, path, mode);
        } catch (KernelException e) {
            throw new Failure(state.isBash() ? path + ": " + e.errno().message()
                    : AlmquistWords.cannotOpen(state, path, mode == OpenMode.READ, e.errno()));
        }
    }

    private static String source(Redirection redirection) {
        return redirection.target().parts().size() == 1
                        && redirection.target().parts().getFirst() instanceof Part.Parameter p
                ? "$" + p.name()
                : "";
    }

    private void put(int descriptor, OpenFile file) {
        if (!saved.containsKey(descriptor)) {
            OpenFile before = process.descriptor(descriptor);
            before.retain();
            saved.put(descriptor, before);
        }
        process.setDescriptor(descriptor, file);
    }

    /** Takes all back. */
    void restore() {
        saved.forEach((descriptor, file) -> {
            process.setDescriptor(descriptor, file);
            file.release();
        });
        saved.clear();
    }

    /** Leaves it as it is now: {@code exec} with redirections only. */
    void keep() {
        saved.values().forEach(OpenFile::release);
        saved.clear();
    }

    /** A here-document's text. */
    private static final class TextFile extends OpenFile {
        private Bytes rest;

        TextFile(Bytes text) {
            rest = text;
        }

        @Override
        public Bytes read(EmulatedProcess reader, int limit) {
            Bytes part = rest.slice(0, Math.min(limit, rest.length()));
            rest = rest.slice(part.length());
            return part;
        }

        @Override
        public void write(EmulatedProcess writer, Bytes data) {
            throw new FileError(Errno.EBADF);
        }
    }
}
