package dev.vethlab.engine.command.core.awk;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.command.core.Running;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import dev.vethlab.engine.process.file.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files and commands that a program reads from and writes to, open until {@code close} or the end. */
final class AwkStreams {
    private static final int MAX_OPEN = 64;

    private final EmulatedProcess self;
    private final Map<String, OpenFile> outputs = new TreeMap<>();
    private final Map<String, LineReader> inputs = new TreeMap<>();
    private final Map<String, EmulatedProcess> commands = new TreeMap<>();

    AwkStreams(EmulatedProcess self) {
        this.self = self;
    }

    private @Nullable EmulatedProcess shell(String command, @Nullable OpenFile input, @Nullable OpenFile output) {
        Executable program = Running.find(self, "sh");
        if (program == null) {
            return null;
        }
        List<OpenFile> files = new ArrayList<>(self.descriptors());
        if (input != null) {
            files.set(0, input);
        }
        if (output != null) {
            files.set(1, output);
        }
        return self.spawn(program, List.of("sh", "-c", command), self.context().copy(), files);
    }

    private void limit() {
        if (outputs.size() + inputs.size() >= MAX_OPEN) {
            self.error("vethlab: an awk program has " + MAX_OPEN + " files open at most");
            self.exit(2);
        }
    }

    /** {@code print > name}, {@code print >> name}, {@code print | command}. */
    void write(String operator, String name, String text) {
        OpenFile output = outputs.get(name);
        if (output == null) {
            limit();
            output = open(operator, name);
            if (output == null) {
                return;
            }
            output.retain();
            outputs.put(name, output);
        }
        output.write(self, Bytes.of(text));
    }

    private @Nullable OpenFile open(String operator, String name) {
        if (operator.equals("|")) {
            var pipe = new Pipe(self.simulation());
            EmulatedProcess child = shell(name, pipe.reader, null);
            if (child == null) {
                return null;
            }
            commands.put(name, child);
            return pipe.writer;
        }
        if (name.equals("/dev/stdout") || name.equals("-")) {
            return self.descriptor(1);
        }
        if (name.equals("/dev/stderr")) {
            return self.descriptor(2);
        }
        try {
            return self.context().files().open(self, name, operator.equals(">>") ? OpenMode.APPEND : OpenMode.WRITE);
        } catch (KernelException e) {
            self.error("awk: cannot open \"" + name + "\" for output (" + e.errno().message() + ")");
            self.exit(2);
            return null;
        }
    }

    /** A reader of a file or of a command's output; null if it cannot be read. */
    @Nullable LineReader reader(String name, boolean command) {
        LineReader reader = inputs.get(name);
        if (reader != null) {
            return reader;
        }
        limit();
        try {
            if (command) {
                var pipe = new Pipe(self.simulation());
                reader = LineReader.of(self, pipe.reader);
                EmulatedProcess child = shell(name, null, pipe.writer);
                if (child == null) {
                    return null;
                }
                commands.put(name, child);
            } else {
                reader = LineReader.open(self, name);
            }
            inputs.put(name, reader);
            return reader;
        } catch (KernelException e) {
            return null;
        }
    }

    int system(String command) {
        EmulatedProcess child = shell(command, null, null);
        return child == null ? 127 : self.waitFor(child);
    }

    /** Closes one; the exit status of a command, -1 if it was not open. */
    int close(String name) {
        OpenFile output = outputs.remove(name);
        LineReader input = inputs.remove(name);
        if (output != null) {
            output.release();
        }
        if (input != null) {
            input.close();
        }
        EmulatedProcess child = commands.remove(name);
        return child != null ? self.waitFor(child) : output != null || input != null ? 0 : -1;
    }

    void closeAll() {
        List.copyOf(outputs.keySet()).forEach(this::close);
        List.copyOf(inputs.keySet()).forEach(this::close);
    }
}
