package dev.vethlab.engine.command.net.curl;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import org.jspecify.annotations.Nullable;

/** Where a response goes: standard output or a file, with its head or not; and where its head goes by {@code -D}. */
final class CurlSink {
    private static final int STDIO_BUFFER = 4096;

    private final CurlOptions options;
    /** Empty or {@code -} for standard output. */
    private final String output;

    private @Nullable OpenFile file;
    private @Nullable OpenFile headFile;
    private long written;
    /** What stdio keeps back while standard output is no terminal. */
    private Bytes buffered = Bytes.EMPTY;
    private @Nullable ProgressMeter meter;

    CurlSink(CurlOptions options, String output) {
        this.options = options;
        this.output = output;
    }

    /** There is a connection: from now on progress is shown, unless the response itself goes to a terminal. */
    void connected(EmulatedProcess self) {
        boolean wanted = !options.isSilent() && !options.has("no-progress-meter") && !(isStandardOutput() && self.descriptor(1).isTerminal());
        if (wanted && meter == null) {
            meter = new ProgressMeter(self);
            meter.begin();
        }
    }

    /** The response is complete, or will never be. */
    void ended(long received, long nanos) {
        if (meter != null) {
            meter.end(received, nanos);
            meter = null;
        }
    }

    String output() {
        return output;
    }

    boolean isStandardOutput() {
        return output.isEmpty() || output.equals("-");
    }

    void head(EmulatedProcess self, Bytes raw) throws CurlFailure {
        if (options.has("show-headers") || options.has("head")) {
            write(self, raw);
        }
        if (options.given("dump-header")) {
            String path = options.value("dump-header");
            if (path.equals("-")) {
                self.descriptor(1).write(self, raw);
            } else {
                if (headFile == null) {
                    headFile = open(self, path, raw.length());
                }
                headFile.write(self, raw);
            }
        }
    }

    void body(EmulatedProcess self, Bytes data, long expected) throws CurlFailure {
        write(self, data);
    }

    private void write(EmulatedProcess self, Bytes data) throws CurlFailure {
        if (isStandardOutput()) {
            buffered = buffered.concat(data);
            if (self.descriptor(1).isTerminal() || options.has("no-buffer") || buffered.length() >= STDIO_BUFFER) {
                flush(self);
            }
        } else {
            if (file == null) {
                makeParents(self);
                file = open(self, output, data.length());
            }
            file.write(self, data);
        }
        written += data.length();
    }

    /** {@code --create-dirs}; what cannot be made shows when the file is opened. */
    private void makeParents(EmulatedProcess self) {
        for (int slash = output.indexOf('/', 1); options.has("create-dirs") && slash > 0; slash = output.indexOf('/', slash + 1)) {
            try {
                self.context().files().makeDirectory(self, output.substring(0, slash));
            } catch (KernelException e) {
                continue;
            }
        }
    }

    private static OpenFile open(EmulatedProcess self, String path, int length) throws CurlFailure {
        try {
            OpenFile opened = self.context().files().open(self, path, OpenMode.WRITE);
            opened.retain();
            return opened;
        } catch (KernelException e) {
            throw new CurlFailure(CurlFailure.WRITE_ERROR, "client returned ERROR on write of " + length + " bytes");
        }
    }

    private void flush(EmulatedProcess self) {
        self.descriptor(1).write(self, buffered);
        buffered = Bytes.EMPTY;
    }

    /** Ends it; a response without a body still makes an empty file. */
    void close(EmulatedProcess self, boolean succeeded) {
        flush(self);
        if (file == null && succeeded && !isStandardOutput() && written == 0) {
            try {
                file = open(self, output, 0);
            } catch (CurlFailure e) {
                file = null;
            }
        }
        if (file != null) {
            file.release();
            file = null;
        }
        if (headFile != null) {
            headFile.release();
            headFile = null;
        }
    }
}
