package dev.vethlab.transcript;

import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.ExecuteResult;
import dev.vethlab.session.InMemorySessionStore;
import dev.vethlab.session.Recipe;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionLimits;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.session.Sessions;
import dev.vethlab.transcript.Replayer.Answer;
import dev.vethlab.transcript.Replayer.Typist;
import java.util.concurrent.TimeUnit;

/** Sessions as the server makes them, without a server around. */
final class EngineLab {
    /** A replay that takes longer than this on the wall clock hangs. */
    private static final long PATIENCE_SECONDS = 60;

    private static final Sessions SESSIONS = new Sessions(new InMemorySessionStore(), SessionLimits.DEFAULT, SessionObserver.NONE);

    private EngineLab() {}

    static Typist open(String world, String dockerd) {
        Session session = SESSIONS.create(new Recipe(WorldKind.of(world).orElseThrow(), 1, dockerd));
        return new Typist() {
            @Override
            public Answer type(String node, String command) {
                ExecuteResult result =
                        session.execute(node, command).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
                return new Answer(result.output(), result.exitCode());
            }

            @Override
            public void close() {
                SESSIONS.delete(session.id());
            }
        };
    }
}
