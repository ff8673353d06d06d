package dev.vethlab.web.inspect;

import dev.vethlab.engine.world.World;
import dev.vethlab.session.Session;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Now, or a past moment: the number of a trace event. */
final class Moment {
    private Moment() {}

    /** Reads the world as it is, or as it was; waits as a virtual thread may. */
    static <T> T look(Session session, @Nullable Long at, Function<World, T> look) {
        return at == null ? session.look(look).join() : session.lookBack(at, look);
    }
}
