package dev.vethlab.engine.command.docker;

import java.util.List;

/** Commands that Docker's client has and that are not emulated here. */
final class NotEmulated {
    private static final List<String> COMMANDS = List.of("build", "push", "login", "logout", "search", "builder", "buildx",
            "context", "manifest", "plugin", "trust", "swarm", "node", "service", "stack", "secret", "config", "commit", "export",
            "import", "load", "save", "update", "container commit", "container export", "container update", "image build", "image import",
            "image load", "image push", "image save", "system prune", "checkpoint", "scout", "model", "mcp");

    private NotEmulated() {}

    static boolean isKnown(String name) {
        return COMMANDS.contains(name);
    }
}
