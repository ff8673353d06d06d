package dev.vethlab.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** What whoever runs the server can choose, as {@code vethlab.…}. */
@ConfigMapping(prefix = "vethlab")
public interface Settings {
    /** Where sessions are kept. */
    enum Store {
        /** In one file below {@link #dataDir}, for one replica. */
        EMBEDDED,
        /** In Redis ({@code quarkus.redis.hosts}), for any number of replicas. */
        REDIS
    }

    @WithDefault("embedded")
    Store store();

    /** The directory of the embedded store. */
    @WithDefault("data")
    Path dataDir();

    /** How long a session stays in memory that nobody looks at. */
    @WithDefault("10m")
    Duration restAfter();

    /** How long a session is kept that nobody uses. */
    @WithDefault("30d")
    Duration forgetAfter();

    /** The content security policy of all pages, but for who may frame them. */
    String policy();

    Embed embed();

    Links links();

    Replica replica();

    /** Sessions within pages of others. */
    interface Embed {
        /** Who may show one: sources as the policy names them, such as {@code https://docs.example.com}. */
        String frameAncestors();
    }

    /** Links out of and into sessions. */
    interface Links {
        /** How long a link leads somewhere, at most. */
        @WithDefault("90d")
        Duration lifetime();
    }

    /** One of several servers that share a store. */
    interface Replica {
        /** Where the others reach this one, as {@code host:port}; by default the machine's own name and the port it listens on. */
        java.util.Optional<String> address();

        /** How long another waits before it takes over from one that does not answer. */
        @WithDefault("10s")
        Duration lease();
    }
}
