package dev.vethlab.engine.docker.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What belongs to a container wherever it runs ({@code Config} of the API). */
public final class ContainerConfig {
    public String hostname = "";
    public String domainname = "";

    /** Where a volume without a name is mounted. */
    public java.util.TreeSet<String> volumes = new java.util.TreeSet<>();

    public String user = "";
    public boolean attachStdin;
    public boolean attachStdout;
    public boolean attachStderr;
    public TreeSet<Port> exposedPorts = new TreeSet<>();
    public boolean tty;
    public boolean openStdin;
    public boolean stdinOnce;
    public List<String> env = new ArrayList<>();

    /** Null if none was given: the image's is taken. */
    public @Nullable List<String> cmd;

    public String image = "";
    public String workingDir = "";

    /** Null if none was given: the image's is taken. */
    public @Nullable List<String> entrypoint;

    public Map<String, String> labels = new TreeMap<>();
    public String stopSignal = "";
    public @Nullable Integer stopTimeout;
    public @Nullable Healthcheck healthcheck;

    /** What {@code SHELL} of the image says; empty for the usual. */
    public List<String> shell = new ArrayList<>();

    /**
     * A health check.
     *
     * @param test {@code NONE}, or {@code CMD} and arguments, or {@code CMD-SHELL} and one command line
     * @param interval nanoseconds, as all durations here; 0 for the default
     */
    public record Healthcheck(List<String> test, long interval, long timeout, long startPeriod, long startInterval, int retries) {
        /** {@code container.HealthConfig}. */
        public Value value() {
            return Value.struct("container.HealthConfig").omitEmpty("Test", Value.texts(test)).omitEmpty("Interval", Value.of(interval))
                    .omitEmpty("Timeout", Value.of(timeout)).omitEmpty("StartPeriod", Value.of(startPeriod))
                    .omitEmpty("StartInterval", Value.of(startInterval)).omitEmpty("Retries", Value.of(retries)).build();
        }
    }

    /** With its domain, as the kernel knows it ({@code FullHostname}). */
    public String fullHostname() {
        return domainname.isEmpty() ? hostname : hostname + "." + domainname;
    }
}
