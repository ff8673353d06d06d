package dev.vethlab.benchmark;

import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs all benchmarks, and prints how the emulated and the real packet path compare. */
public final class Comparison {
    private Comparison() {}

    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                .include(PublishedPortBenchmark.class.getName()).include(KernelPublishedPortBenchmark.class.getName())
                .include(ReplayBenchmark.class.getName())
                .shouldFailOnError(true).addProfiler(GCProfiler.class).build()).run();
        double emulated = packetsPerSecond(results, PublishedPortBenchmark.class);
        double real = packetsPerSecond(results, KernelPublishedPortBenchmark.class);
        System.out.printf("%nclient, DNAT, docker0, container, one core: emulated %,.0f packets/s, kernel %,.0f packets/s, ratio %.2f%n",
                emulated, real, emulated / real);
    }

    private static double packetsPerSecond(Collection<RunResult> results, Class<?> benchmark) {
        return results.stream().filter(result -> result.getParams().getBenchmark().startsWith(benchmark.getName() + "."))
                .findFirst().orElseThrow().getPrimaryResult().getScore();
    }
}
