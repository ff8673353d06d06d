package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does something for several services at once, each as soon as those that it must follow are done ({@code pkg/compose/dependencies.go}).
 * Where Compose has goroutines, there is a process for each.
 */
final class ComposeWorkers {
    private final EmulatedProcess self;
    private @Nullable Exception failure;

    ComposeWorkers(EmulatedProcess self) {
        this.self = self;
    }

    /** What is done for one service, in the name of {@code worker}. */
    interface Job {
        void run(EmulatedProcess worker, String service) throws ComposeException, EngineException;
    }

    /** @param after by service, in the order in which they begin where they may: the services that must be done before it */
    void run(Map<String, Set<String>> after, Job job) throws ComposeException, EngineException {
        Map<String, EmulatedProcess> working = new LinkedHashMap<>();
        var waiting = new ArrayList<>(after.keySet());
        var done = new ArrayList<String>();
        while (done.size() < after.size()) {
            for (String service : List.copyOf(waiting)) {
                boolean ready = java.util.Objects.requireNonNull(after.get(service)).stream()
                        .allMatch(other -> done.contains(other) || !after.containsKey(other));
                if (ready && failure == null) {
                    waiting.remove(service);
                    working.put(service, self.spawn(worker(service, job), self.arguments()));
                }
            }
            if (working.isEmpty()) {
                break;
            }
            List<WaitQueue> ends = working.values().stream().map(EmulatedProcess::ended).toList();
            self.await(ends, () -> working.values().stream().anyMatch(EmulatedProcess::hasEnded), EmulatedProcess.FOREVER);
            working.entrySet().removeIf(entry -> {
                boolean over = entry.getValue().hasEnded();
                if (over) {
                    self.waitFor(entry.getValue());
                    done.add(entry.getKey());
                }
                return over;
            });
        }
        switch (failure) {
            case ComposeException e -> throw e;
            case EngineException e -> throw e;
            case null, default -> {}
        }
    }

    private Program worker(String service, Job job) {
        return worker -> {
            try {
                job.run(worker, service);
                return 0;
            } catch (ComposeException | EngineException e) {
                failure = failure == null ? e : failure;
                return 1;
            }
        };
    }
}
