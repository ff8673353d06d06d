package dev.vethlab.engine.docker.dns;

import dev.vethlab.engine.docker.network.Networks;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;

/** The embedded resolver. */
public final class Resolver {
    private Resolver() {}

    public static void ensure(Sandbox sandbox, EmulatedProcess daemon, Networks networks, List<String> external, boolean fromHost) {}

    public static void stop(Sandbox sandbox) {}
}
