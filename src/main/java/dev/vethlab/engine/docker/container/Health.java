package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.Value;
import java.util.ArrayList;
import java.util.List;

/** How a container with a health check fares: {@code starting}, {@code healthy} or {@code unhealthy}. */
public final class Health {
    private static final int KEPT = 5;

    private final List<Value> log = new ArrayList<>();
    String status = "starting";
    int failingStreak;

    public String status() {
        return status;
    }

    void record(long start, long end, int exitCode, String output) {
        if (log.size() == KEPT) {
            log.removeFirst();
        }
        log.add(Value.struct("container.HealthcheckResult")
                .put("Start", DockerTime.rfc3339(start))
                .put("End", DockerTime.rfc3339(end))
                .put("ExitCode", exitCode)
                .put("Output", output)
                .build());
    }

    Value value() {
        return Value.struct("container.Health")
                .put("Status", status)
                .put("FailingStreak", failingStreak)
                .put("Log", new Value.Items(log))
                .build();
    }
}
