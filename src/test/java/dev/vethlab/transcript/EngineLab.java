package dev.vethlab.transcript;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.shell.ShellSession;
import dev.vethlab.engine.world.Node;
import dev.vethlab.engine.world.World;
import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.transcript.Replayer.Answer;
import dev.vethlab.transcript.Replayer.Typist;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sessions of the engine itself, without a server around: types as the recorder did. */
final class EngineLab {
    /** What a foreground command may take, in nanoseconds of virtual time. */
    private static final long PATIENCE = 600_000_000_000L;

    private EngineLab() {}

    static Typist open(String world, String dockerd) {
        return new WorldTypist(World.boot(WorldKind.of(world).orElseThrow(), 1, dockerd));
    }

    private static final class WorldTypist implements Typist {
        private final World world;
        private final Map<String, ShellSession> shells = new LinkedHashMap<>();
        private final Collector output = new Collector();

        WorldTypist(World world) {
            this.world = world;
            output.retain();
        }

        @Override
        public Answer type(String node, String command) {
            ShellSession shell = shells.computeIfAbsent(node, this::shellOn);
            output.text.setLength(0);
            ShellSession.Line line = shell.run(command, output);
            long end = world.simulation().now() + PATIENCE;
            while (!line.isDone() && world.simulation().nextEventTime() < end) {
                world.simulation().runNext();
            }
            return new Answer(output.text.toString(), line.isDone() ? line.status() : 124);
        }

        private ShellSession shellOn(String name) {
            Node node = world.node(name);
            if (node == null) {
                throw new IllegalArgumentException("no node " + name + " in world " + world.kind());
            }
            ProcessContext context = node.context();
            context.environment().put("COLUMNS", "200");
            context.environment().put("TERM", "dumb");
            return ShellSession.open(node.processes(), context);
        }

        @Override
        public void close() {
            world.discard();
        }
    }

    private static final class Collector extends OpenFile {
        private final StringBuilder text = new StringBuilder();

        @Override
        public Bytes read(EmulatedProcess reader, int limit) {
            return Bytes.EMPTY;
        }

        @Override
        public void write(EmulatedProcess writer, Bytes data) {
            text.append(data.text());
        }
    }
}
