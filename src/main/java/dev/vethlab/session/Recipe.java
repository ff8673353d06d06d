package dev.vethlab.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vethlab.engine.kernel.WorldLimits;
import dev.vethlab.engine.world.WorldKind;
import org.jspecify.annotations.Nullable;

/**
 * What a session is made from; with the same inputs it becomes the same, bit for bit.
 *
 * @param dockerd flags of the Docker engine, as on a command line; empty for none
 * @param limits of the world, as they were when the session was made: they decide what it does; null for those of the server
 */
public record Recipe(
        WorldKind world, long seed, String dockerd, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WorldLimits limits) {
    /** With the server's limits. */
    public Recipe(WorldKind world, long seed, String dockerd) {
        this(world, seed, dockerd, null);
    }

    /** With limits of its own: those that it has, or else these. */
    Recipe within(WorldLimits server) {
        return new Recipe(world, seed, dockerd, limits(server));
    }

    /** The limits that count. */
    WorldLimits limits(WorldLimits server) {
        return limits == null ? server : limits;
    }
}
