package dev.vethlab.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vethlab.engine.scenario.Playground;
import dev.vethlab.engine.world.WorldKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The emulated kernel against the one below: the same random network, rules and traffic in both, the same replies and counters.
 *
 * <p>{@code -Dseeds=N} sets how many networks, {@code -Dseed=N} the first. Without root or the tools it does not run, and says so.
 */
class DifferentialTest {
    @Test
    void theRunningKernelAnswersTheSame() throws IOException, InterruptedException {
        String obstacle = RealMachine.obstacle();
        assumeTrue(obstacle == null, "not compared with the running kernel: " + obstacle);
        long first = Long.getLong("seed", 1);
        var divergences = new StringBuilder();
        for (long seed = first; seed < first + Long.getLong("seeds", 20); seed++) {
            List<Difference> differences = compare(ScenarioGenerator.generate(seed));
            if (!differences.isEmpty()) {
                divergences.append(report(seed, differences));
            }
        }
        assertThat(divergences.toString()).isEmpty();
    }

    private static String report(long seed, List<Difference> differences) {
        return differences.stream().map(Difference::toString)
                .collect(Collectors.joining("\n", "seed " + seed + " (- the kernel, + the emulator)\n", "\n"));
    }

    /** A real machine is never twice equally fast: what it answers now one way, now another, is no measure. */
    private static List<Difference> compare(Scenario scenario) throws IOException, InterruptedException {
        List<String> commands = scenario.commands();
        List<String> emulated = emulate(commands);
        List<Difference> differences = Difference.between(commands, RealMachine.run(commands), emulated);
        if (!differences.isEmpty()) {
            differences.retainAll(Difference.between(commands, RealMachine.run(commands), emulated));
        }
        return differences;
    }

    private static List<String> emulate(List<String> commands) {
        var answers = new ArrayList<String>();
        try (var playground = new Playground(WorldKind.BARE)) {
            for (String command : commands) {
                answers.add(playground.type("host", command));
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
