package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import org.jspecify.annotations.Nullable;

/** A file that is made when it is opened: a device, or a text that the kernel writes for its reader, as below {@code /proc}. */
public final class SpecialFile extends Node {
    private final char type;
    private final Opener opener;
    private final @Nullable NetworkNamespace namespace;

    /** Opens it for a process. */
    @FunctionalInterface
    public interface Opener {
        OpenFile open(EmulatedProcess self, boolean writing) throws KernelException;
    }

    /** Says what a process reads in it. */
    @FunctionalInterface
    public interface Content {
        String of(EmulatedProcess reader) throws KernelException;
    }

    /** Takes what a process writes into it. */
    @FunctionalInterface
    public interface Sink {
        void accept(EmulatedProcess writer, String text) throws KernelException;
    }

    private SpecialFile(char type, int mode, Opener opener) {
        super(mode, 0);
        this.type = type;
        this.opener = opener;
        this.namespace = null;
    }

    private SpecialFile(@Nullable NetworkNamespace namespace) {
        super(0444, 0);
        this.type = '-';
        this.opener = (self, writing) -> new NullFile();
        this.namespace = namespace;
    }

    /** A file of nsfs: nothing can be read in it, it is the namespace that counts. */
    public static SpecialFile of(NetworkNamespace namespace) {
        return new SpecialFile(namespace);
    }

    /** The file of a namespace of another kind: there is nothing to do with it. */
    static SpecialFile ofNamespace() {
        return new SpecialFile((NetworkNamespace) null);
    }

    /** A socket that a program listens at: it cannot be opened. */
    public static SpecialFile socket(int mode) {
        return new SpecialFile('s', mode, (self, writing) -> {
            throw new KernelException(Errno.ENXIO);
        });
    }

    /** The network namespace that this is the file of; null for anything else. */
    public @Nullable NetworkNamespace namespace() {
        return namespace;
    }

    /** A character device. */
    public static SpecialFile device(Opener opener) {
        return new SpecialFile('c', 0666, opener);
    }

    /** A file that can only be read; its text is written at the moment it is opened. */
    public static SpecialFile generated(Content content) {
        return new SpecialFile('-', 0444, (self, writing) -> new TextFile(content.of(self)));
    }

    /** A file like those below {@code /proc/sys}: reading gives a setting, writing changes it. */
    public static SpecialFile setting(Content content, Sink sink) {
        return new SpecialFile('-', 0644, (self, writing) -> writing ? new SinkFile(sink) : new TextFile(content.of(self)));
    }

    /** A file that can only be written to, be it by root. */
    static SpecialFile writeOnly(Sink sink) {
        return new SpecialFile('-', 0200, (self, writing) -> {
            if (!writing) {
                throw new KernelException(Errno.EACCES);
            }
            return new SinkFile(sink);
        });
    }

    OpenFile open(EmulatedProcess self, boolean writing) throws KernelException {
        return opener.open(self, writing);
    }

    @Override
    public char type() {
        return type;
    }

    @Override
    public long size() {
        return 0;
    }

    private static final class TextFile extends OpenFile {
        private Bytes rest;

        TextFile(String text) {
            rest = Bytes.of(text);
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

    private static final class SinkFile extends OpenFile {
        private final Sink sink;

        SinkFile(Sink sink) {
            this.sink = sink;
        }

        @Override
        public Bytes read(EmulatedProcess reader, int limit) {
            throw new FileError(Errno.EBADF);
        }

        @Override
        public void write(EmulatedProcess writer, Bytes data) {
            try {
                sink.accept(writer, data.text());
            } catch (KernelException e) {
                throw new FileError(e.errno());
            }
        }
    }
}
