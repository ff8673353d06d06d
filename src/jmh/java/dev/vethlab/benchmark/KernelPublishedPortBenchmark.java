package dev.vethlab.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The same packet through the running kernel: client, switch and host as namespaces, with the very rules that the emulated engine wrote
 * ({@code src/jmh/kernel}). Needs root, a C compiler, iproute2 and iptables.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class KernelPublishedPortBenchmark {
    private static final int PACKETS = 20_000;
    private static final Path SOURCES = Path.of("src/jmh/kernel").toAbsolutePath();

    private Process flow;
    private PrintStream orders;
    private BufferedReader answers;

    @Setup
    public void namespaces() throws Exception {
        Path directory = Files.createTempDirectory("flow");
        Path rules = Files.writeString(directory.resolve("rules"), EmulatedLab.publishing().type("host", "iptables-save"));
        Path program = directory.resolve("flow");
        run("cc", "-O2", "-o", program.toString(), SOURCES.resolve("flow.c").toString());
        flow = new ProcessBuilder("sh", SOURCES.resolve("lab.sh").toString(), program.toString(), rules.toString(),
                Integer.toString(EmulatedLab.PORT)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        orders = new PrintStream(flow.getOutputStream(), true);
        answers = flow.inputReader();
        expect("ready");
    }

    @TearDown
    public void end() throws InterruptedException {
        orders.close();
        flow.waitFor();
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void establishedFlow() throws IOException {
        orders.println(PACKETS);
        expect("done");
    }

    private void expect(String answer) throws IOException {
        String line = answers.readLine();
        if (!answer.equals(line)) {
            throw new IllegalStateException("wanted " + answer + ", was " + line);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }
}
