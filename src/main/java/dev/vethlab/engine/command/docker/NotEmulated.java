package dev.vethlab.engine.command.docker;

import java.util.List;

/** Commands that Docker's client has and that are not emulated here. */
final class NotEmulated {
    private static final List<String> COMMANDS = List.of("push", "login", "logout", "search", "manifest", "plugin", "trust", "swarm",
            "node", "service", "stack", "secret", "config", "image push", "checkpoint", "context create",
            "context export", "context import", "context inspect", "context rm", "context update", "context use", "system dial-stdio");

    private NotEmulated() {}

    static boolean isKnown(String name) {
        return COMMANDS.contains(name);
    }
}
