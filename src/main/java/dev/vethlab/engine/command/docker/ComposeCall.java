package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeProject;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of a subcommand of {@code docker compose}. */
record ComposeCall(EmulatedProcess self, EngineApi engine, ParsedFlags flags, ComposeProject project) {
    ComposeRunner runner() {
        return new ComposeRunner(self, engine, project);
    }

    List<String> arguments() {
        return flags.arguments();
    }

    @Nullable Integer timeout() {
        return flags.has("timeout") ? Integer.valueOf(flags.number("timeout", 0)) : null;
    }
}
