package dev.vethlab.web;

import dev.vethlab.engine.kernel.WorldLimits;
import dev.vethlab.session.SessionLimits;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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

    Limits limits();

    LessonFiles lessons();

    /** Lessons beside those that come with the application. */
    interface LessonFiles {
        /** A directory of lessons, read again whenever it changes. */
        Optional<Path> dir();
    }

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
        Optional<String> address();

        /** How long another waits before it takes over from one that does not answer. */
        @WithDefault("10s")
        Duration lease();
    }

    /** How much one session, one address and the server may take; docs/limits.md says what happens beyond. */
    interface Limits {
        @WithDefault("100000")
        int sessions();

        @WithDefault("2000")
        int runningSessions();

        @WithDefault("10000")
        int sockets();

        @WithDefault("60")
        int sessionsPerAddress();

        @WithDefault("10m")
        Duration sessionsPerAddressWithin();

        @WithDefault("100")
        int workshops();

        @WithDefault("200")
        int seats();

        @WithDefault("10000")
        int inputs();

        @WithDefault("64")
        int terminals();

        @WithDefault("100")
        int links();

        @WithDefault("20000")
        int stages();

        @WithDefault("16M")
        MemorySize streamBytes();

        @WithDefault("4M")
        MemorySize outputBytes();

        @WithDefault("20000000")
        long eventsPerCommand();

        @WithDefault("10m")
        Duration timePerCommand();

        @WithDefault("64")
        int containers();

        @WithDefault("64")
        int networks();

        @WithDefault("128")
        int namespaces();

        @WithDefault("256")
        int devices();

        @WithDefault("2000")
        int routes();

        @WithDefault("5000")
        int rules();

        @WithDefault("4096")
        int conntrackEntries();

        @WithDefault("1024")
        int neighbours();

        @WithDefault("1024")
        int networkSockets();

        @WithDefault("512")
        int processes();

        @WithDefault("20000")
        int files();

        @WithDefault("8M")
        MemorySize fileBytes();

        @WithDefault("64M")
        MemorySize memory();

        @WithDefault("100000")
        int packetsPerSecond();

        /** The limits of sessions, as these say. */
        default SessionLimits ofSessions() {
            return new SessionLimits(sessions(), runningSessions(), inputs(), terminals(), links(), stages(), bytes(streamBytes()),
                    bytes(outputBytes()), eventsPerCommand(), timePerCommand(), ofWorlds());
        }

        private WorldLimits ofWorlds() {
            return new WorldLimits(containers(), networks(), namespaces(), devices(), routes(), rules(), conntrackEntries(), neighbours(),
                    networkSockets(), processes(), files(), bytes(fileBytes()), bytes(memory()), packetsPerSecond());
        }

        private static int bytes(MemorySize size) {
            return Math.toIntExact(size.asLongValue());
        }
    }
}
