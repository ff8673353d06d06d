package dev.vethlab.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.Recipe;
import dev.vethlab.session.SessionStore;
import dev.vethlab.session.SessionStore.Stored;
import dev.vethlab.session.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends SessionStoreContract {
    @TempDir
    Path directory;

    private final HandClock clock = new HandClock();
    private SqliteStore store;

    @BeforeEach
    void open() {
        store = new SqliteStore(directory, LIFETIME, clock.clock());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    SessionStore store() {
        return store;
    }

    @Override
    void later(Duration time) {
        clock.later(time);
    }

    @Override
    Instant now() {
        return clock.clock().instant();
    }

    @Test
    void itIsThereAgainAfterARestart() {
        create("s");
        store.append("s", input(0));
        store.close();
        open();
        assertThat(store.load("s").orElseThrow().inputs()).containsExactly(input(0));
    }

    @Test
    void aDirectoryIsUsedByOneServer() {
        assertThatThrownBy(() -> new SqliteStore(directory, LIFETIME, Clock.systemUTC())).isInstanceOf(RuntimeException.class);
    }

    @Test
    void afterItIsClosedItSaysSo() {
        store.close();
        assertThatThrownBy(() -> create("s")).isInstanceOf(StoreException.class);
        open();
    }

    @Test
    void killedAtAnyMomentItKeepsWhatItAcknowledged() throws Exception {
        Path mine = directory.resolve("killed");
        for (int round = 0; round < 3; round++) {
            int acknowledged = appendUntilKilled(mine, "s" + round, 50 + 70 * round);
            try (var again = new SqliteStore(mine, LIFETIME, Clock.systemUTC())) {
                assertThat(again.load("s" + round).orElseThrow().inputs().size()).isBetween(acknowledged, acknowledged + 1);
            }
        }
    }

    /** How many appends a process acknowledged before it was killed, as soon as it had acknowledged so many. */
    private static int appendUntilKilled(Path directory, String session, int enough) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appender.class.getName(),
                        directory.toString(),
                        session)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int acknowledged = 0;
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                acknowledged = Integer.parseInt(line) + 1;
                if (acknowledged == enough) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(acknowledged).isGreaterThanOrEqualTo(enough);
        return acknowledged;
    }

    /** A process that appends and says so, until it is killed. */
    static final class Appender {
        private Appender() {}

        public static void main(String[] arguments) {
            var store = new SqliteStore(Path.of(arguments[0]), LIFETIME, Clock.systemUTC());
            store.create(arguments[1], new Stored(new Recipe(WorldKind.NET, 7, ""), "secret", null, List.of()));
            for (int i = 0; ; i++) {
                store.append(arguments[1], input(i));
                System.out.println(i);
                System.out.flush();
            }
        }
    }
}
