package dev.vethlab.session;

import dev.vethlab.engine.docker.Engine;
import dev.vethlab.engine.docker.container.Container;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.ProcessTable;
import dev.vethlab.engine.shell.ShellSession;
import dev.vethlab.engine.shell.ShellState.Dialect;
import dev.vethlab.engine.world.Node;
import dev.vethlab.engine.world.World;
import java.util.Optional;

/**
 * Where a shell can be had: a machine by its name, or a running container as {@code container:NAME} or, where no machine is called so,
 * by its name alone.
 *
 * @param context the surroundings of a new process there
 */
record ShellPlace(ProcessTable table, ProcessContext context, Dialect dialect) {
    private static final String CONTAINER = "container:";

    static Optional<ShellPlace> find(World world, String name) {
        Node node = world.node(name);
        if (node != null) {
            return Optional.of(new ShellPlace(node.processes(), node.context(), Dialect.BASH));
        }
        Engine engine = world.engine();
        String container = name.startsWith(CONTAINER) ? name.substring(CONTAINER.length()) : name;
        return engine == null ? Optional.empty() : container(engine, container);
    }

    private static Optional<ShellPlace> container(Engine engine, String name) {
        for (Container container : engine.containers().all()) {
            EmulatedProcess init = container.init();
            if (container.name().equals(name) && container.state().isRunning() && init != null) {
                return Optional.of(new ShellPlace(init.table(), init.context().copy(), Dialect.ASH));
            }
        }
        return Optional.empty();
    }

    ShellSession open(ProcessContext surroundings) {
        return ShellSession.open(table, surroundings, dialect);
    }
}
