package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeProject;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a subcommand of {@code docker compose}.
 *
 * @param dry whether it only says what it would do
 */
record ComposeCall(EmulatedProcess self, EngineApi engine, ParsedFlags flags, ComposeProject project, boolean dry) {
    private static final String DRY_RUN = " DRY-RUN MODE - ";

    /** A line about what is being done to something. */
    void progress(String line) {
        progress(self, dry, line);
    }

    /** The same in the name of a worker. */
    static void progress(EmulatedProcess worker, boolean dry, String line) {
        worker.error((dry ? DRY_RUN : "") + line);
    }

    ComposeRunner runner() {
        return new ComposeRunner(self, engine, project, dry);
    }

    List<String> arguments() {
        return flags.arguments();
    }

    @Nullable Integer timeout() {
        return flags.has("timeout") ? Integer.valueOf(flags.number("timeout", 0)) : null;
    }
}
