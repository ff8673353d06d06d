package dev.vethlab.engine.command.core;

import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.ProcessTable;
import dev.vethlab.engine.process.Uts;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.SystemFiles;
import dev.vethlab.engine.shell.ShellProgram;
import dev.vethlab.engine.shell.ShellSession;
import dev.vethlab.engine.shell.ShellState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bare machine with the core programs and a shell: lines in, output and exit status out, in virtual time. */
public final class ShellBench implements AutoCloseable {
    private static final long LIMIT = 600_000_000_000L;

    private final Machine machine = new Machine(Kernel.of(1), "host");
    private final ProcessTable table = new ProcessTable(machine.kernel().simulation(), machine.kernel().room());
    private final Screen screen = new Screen();
    private final ProcessContext context;
    private ShellSession shell;

    /** What a line printed and its exit status. */
    public record Answer(String output, int status) {}

    private static final class Screen extends OpenFile {
        private final StringBuilder text = new StringBuilder();

        @Override
        public Bytes read(EmulatedProcess reader, int limit) {
            return Bytes.EMPTY;
        }

        @Override
        public void write(EmulatedProcess writer, Bytes data) {
            text.append(data.text());
        }
    }

    public ShellBench() {
        var files = new FileSystem();
        SystemFiles.addTo(files);
        CorePrograms.all().forEach((name, program) -> files.addExecutable("/usr/bin/" + name, program));
        files.addExecutable("/usr/bin/bash", new ShellProgram(ShellState.Dialect.BASH));
        files.addExecutable("/usr/bin/sh", new ShellProgram(ShellState.Dialect.DASH));
        files.addLink("/bin", "usr/bin");
        for (String directory : new String[] {"/root", "/tmp", "/etc", "/var/log"}) {
            files.addDirectory(directory);
        }
        files.addFile("/etc/hosts",
                "127.0.0.1\tlocalhost\n192.168.1.1\trouter\n192.168.1.10\thost\n192.168.1.20\tclient\n198.51.100.80\tinternet\n");
        files.addFile("/etc/hostname", "host\n");
        files.addFile("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\n");
        files.addFile("/etc/passwd-", "root:x:0:0:root:/root:/bin/bash\n");
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("HOME", "/root");
        environment.put("LANG", "C.UTF-8");
        environment.put("TERM", "dumb");
        environment.put("COLUMNS", "200");
        environment.put("USER", "root");
        context = new ProcessContext(
                machine.root(), new Uts("host"), table.pids(), files, EnumSet.allOf(Capability.class), environment, "/root");
        shell = ShellSession.open(table, context);
    }

    /** Runs a line as an {@code exec} call does. */
    public Answer run(String line) {
        int start = screen.text.length();
        if (shell.hasEnded()) {
            shell = ShellSession.open(table, context.copy());
        }
        ShellSession.Line running = shell.run(line, screen);
        long deadline = table.simulation().now() + LIMIT;
        while (!running.isDone()) {
            if (table.simulation().now() > deadline || !table.simulation().runNext()) {
                throw new AssertionError("no end of: " + line + "\n" + screen.text.substring(start));
            }
        }
        return new Answer(screen.text.substring(start), running.status());
    }

    /** What a line printed. */
    public String output(String line) {
        return run(line).output();
    }

    /** Lets seconds of virtual time pass. */
    public void pass(int seconds) {
        long end = table.simulation().now() + seconds * 1_000_000_000L;
        while (table.simulation().nextEventTime() <= end) {
            table.simulation().runNext();
        }
        table.simulation().advanceTo(end);
    }

    public ProcessTable table() {
        return table;
    }

    public ShellSession shell() {
        return shell;
    }

    @Override
    public void close() {
        table.discard();
    }

    public static void main(String[] arguments) throws IOException {
        try (var bench = new ShellBench();
                var in = new BufferedReader(new InputStreamReader(System.in))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.startsWith("host$ ")) {
                    continue;
                }
                System.out.println(line);
                Answer answer = bench.run(line.substring(6));
                String text = answer.output().stripTrailing();
                if (!text.isEmpty()) {
                    System.out.println(text);
                }
                if (answer.status() != 0) {
                    System.out.println("[" + answer.status() + "]");
                }
            }
        }
    }
}
