package dev.vethlab.session;

import dev.vethlab.engine.world.WorldKind;

/**
 * What a session is made from; with the same inputs it becomes the same, bit for bit.
 *
 * @param dockerd flags of the Docker engine, as on a command line; empty for none
 */
public record Recipe(WorldKind world, long seed, String dockerd) {}
