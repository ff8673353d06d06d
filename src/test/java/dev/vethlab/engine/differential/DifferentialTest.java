package dev.vethlab.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.scenario.Playground;
import dev.vethlab.engine.world.WorldKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The emulated kernel against the one below: the same random network, rules and traffic in both, the same replies and counters.
 *
 * <p>{@code -Dseeds=N} sets how many networks, {@code -Dseed=N} the first. Without root, or the tools and a mirror that has them, it does
 * not run, and says so.
 */
class DifferentialTest {
    /** How many networks wait at a time; they mostly sleep. */
    private static final int AT_A_TIME = 6 * Runtime.getRuntime().availableProcessors();

    private record Compared(Scenario scenario, List<Difference> differences) {
        /** Once nothing else runs. A real machine is never twice equally fast: what it answers now one way, now another, is no measure. */
        Compared again(RealMachine machine) throws IOException, InterruptedException {
            var remaining = new ArrayList<>(differences);
            for (int i = 0; i < 3 && !remaining.isEmpty(); i++) {
                remaining.retainAll(compare(machine, scenario).differences);
            }
            return new Compared(scenario, remaining);
        }
    }

    @Test
    void theRunningKernelAnswersTheSame() throws IOException, InterruptedException, ExecutionException {
        RealMachine machine = RealMachine.orSkip();
        long first = Long.getLong("seed", 1);
        long seeds = Long.getLong("seeds", 200);
        var suspects = new ArrayList<Compared>();
        try (var pool = Executors.newFixedThreadPool(AT_A_TIME)) {
            var running = new ArrayList<Future<Compared>>();
            for (long seed = first; seed < first + seeds; seed++) {
                Scenario scenario = ScenarioGenerator.generate(seed);
                running.add(pool.submit(() -> compare(machine, scenario)));
            }
            for (Future<Compared> each : running) {
                Compared compared = each.get();
                if (!compared.differences.isEmpty()) {
                    suspects.add(compared);
                }
            }
        }
        var divergences = new StringBuilder();
        for (Compared suspect : suspects) {
            List<Difference> differences = suspect.again(machine).differences;
            if (!differences.isEmpty()) {
                divergences.append(report(suspect.scenario.seed(), differences));
                divergences.append(seeds == 1 ? String.join("\n", suspect.scenario.commands()) : "");
            }
        }
        assertThat(divergences.toString()).isEmpty();
    }

    private static String report(long seed, List<Difference> differences) {
        return differences.stream().map(Difference::toString)
                .collect(Collectors.joining("\n", "seed " + seed + " (- the kernel, + the emulator)\n", "\n"));
    }

    private static Compared compare(RealMachine machine, Scenario scenario) throws IOException, InterruptedException {
        List<String> commands = scenario.commands();
        RealMachine.Session real = machine.run(commands);
        return new Compared(scenario, Difference.between(commands, real.answers(), emulate(commands, real.ends())));
    }

    /** As fast as commands take no time of their own. */
    private static List<String> emulate(List<String> commands) {
        return emulate(commands, List.of());
    }

    /** At the pace of the real machine, whose programs take time to start: how often TCP retransmits until the last look depends on it. */
    private static List<String> emulate(List<String> commands, List<Long> ends) {
        var answers = new ArrayList<String>();
        try (var playground = new Playground(WorldKind.BARE)) {
            long start = playground.now();
            for (int i = 0; i < commands.size(); i++) {
                answers.add(playground.type("host", commands.get(i)));
                long behind = i < ends.size() ? ends.get(i) - ends.getFirst() - (playground.now() - start) : 0;
                if (behind > 0) {
                    playground.type("host", String.format(Locale.ROOT, "sleep %.3f", behind / 1e9));
                }
            }
        }
        return answers;
    }

    @Test
    void theSameSeedIsTheSameScenario() {
        assertThat(ScenarioGenerator.generate(7)).isEqualTo(ScenarioGenerator.generate(7));
    }

    /** Whatever a seed makes, the emulator runs to the end, every set-up command succeeding, and twice the same. */
    @Test
    void theEmulatorRunsEveryScenarioAndRepeatsItself() {
        for (long seed = 1; seed <= 20; seed++) {
            Scenario scenario = ScenarioGenerator.generate(seed);
            List<String> answers = emulate(scenario.commands());
            assertThat(answers.subList(0, scenario.setup().size())).as("seed %d", seed).noneMatch(answer -> answer.endsWith("]"));
            assertThat(emulate(scenario.commands())).as("seed %d", seed).isEqualTo(answers);
        }
    }
}
