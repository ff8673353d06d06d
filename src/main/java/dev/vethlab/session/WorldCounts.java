package dev.vethlab.session;

import dev.vethlab.engine.world.Node;
import dev.vethlab.engine.world.World;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Tells an observer how much a session's counts of programs and refusals grew. */
final class WorldCounts {
    private final SessionObserver observer;
    private Map<String, Long> started = new TreeMap<>();
    private Map<String, Long> unsupported = new TreeMap<>();
    private Map<String, Long> refusals = new TreeMap<>();

    WorldCounts(SessionObserver observer) {
        this.observer = observer;
    }

    /** What was counted so far is not told: it was told before the session rested. */
    void skip(World world, Shells shells) {
        started = sum(world, node -> node.processes().startedPrograms());
        unsupported = sum(world, node -> node.processes().unsupportedAnswers());
        refusals = refusals(world, shells);
    }

    void report(World world, Shells shells) {
        started = tell(started, sum(world, node -> node.processes().startedPrograms()), observer::commands);
        unsupported = tell(unsupported, sum(world, node -> node.processes().unsupportedAnswers()), observer::unsupported);
        refusals = tell(refusals, refusals(world, shells), observer::limited);
    }

    /** By the limits' names, of which the world and its shells have different ones. */
    private static Map<String, Long> refusals(World world, Shells shells) {
        Map<String, Long> all = world.kernel().room().refusals();
        all.putAll(shells.refusals());
        return all;
    }

    private static Map<String, Long> sum(World world, Function<Node, Map<String, Long>> counts) {
        Map<String, Long> sum = new TreeMap<>();
        world.nodes().forEach(node -> counts.apply(node).forEach((program, count) -> sum.merge(program, count, Long::sum)));
        return sum;
    }

    private static Map<String, Long> tell(Map<String, Long> before, Map<String, Long> now, BiConsumer<String, Long> tell) {
        now.forEach((program, count) -> {
            long more = count - before.getOrDefault(program, 0L);
            if (more > 0) {
                tell.accept(program, more);
            }
        });
        return now;
    }
}
