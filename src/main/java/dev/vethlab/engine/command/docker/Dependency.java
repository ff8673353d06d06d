package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.docker.api.ContainerView;
import org.jspecify.annotations.Nullable;

/**
 * What a service waits for before it starts: a container, and how far it must be ({@code waitDependencies} of Compose).
 *
 * @param service whose container it is
 * @param condition one of the file's, or {@link #RUNS_OR_IS_HEALTHY}
 */
record Dependency(String service, String condition, ContainerView container) {
    static final String STARTED = "service_started";
    static final String ENDS = "service_completed_successfully";

    /** Of {@code up --wait}. */
    static final String RUNS_OR_IS_HEALTHY = "running_or_healthy";

    private static final String STARTING = "starting";

    boolean isToEnd() {
        return condition.equals(ENDS);
    }

    /** Refuses to wait for the health of what nobody checks. */
    void check() throws ComposeException {
        if (container.healthStatus() == null && condition.equals("service_healthy")) {
            throw ComposeException.of("dependency failed to start: container " + container.name() + " has no healthcheck configured");
        }
    }

    /** Whether waiting is over, one way or the other. */
    boolean isSettled() {
        return !container.state().isRunning() || !isToEnd() && !STARTING.equals(container.healthStatus());
    }

    /** What the container is then called. */
    String reached() {
        return isToEnd() ? "Exited" : "Healthy";
    }

    /** Why it will never be as far; null if it is. */
    @Nullable String failure() {
        if (isToEnd()) {
            int status = container.state().exitCode();
            return status == 0 ? null : "service \"" + service + "\" didn't complete successfully: exit " + status;
        }
        String prefix = condition.equals(RUNS_OR_IS_HEALTHY) ? "" : "dependency failed to start: ";
        if (!container.state().isRunning()) {
            return prefix + "container " + container.name() + " exited (" + container.state().exitCode() + ")";
        }
        return "unhealthy".equals(container.healthStatus()) ? prefix + "container " + container.name() + " is unhealthy" : null;
    }
}
