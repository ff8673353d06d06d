package dev.vethlab.benchmark;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.shell.ShellSession;
import dev.vethlab.engine.world.Node;
import dev.vethlab.engine.world.World;
import dev.vethlab.engine.world.WorldKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The lab with a container that publishes a UDP port, and a way to type into it. */
record EmulatedLab(World world) {
    static final int PORT = 5001;

    static EmulatedLab publishing() {
        var lab = new EmulatedLab(World.boot(WorldKind.LAB, 1, ""));
        lab.type("host", "docker run -d --name web -p 5001:5001/udp alpine sleep 1000000");
        return lab;
    }

    /** Runs a command to its end and gives what it printed; a failure is a defect here. */
    String type(String node, String command) {
        Node at = Objects.requireNonNull(world.node(node));
        var printed = new ByteArrayOutputStream();
        ShellSession.Line line = ShellSession.open(at.processes(), at.context()).run(command, new OpenFile() {
            @Override
            public Bytes read(EmulatedProcess reader, int most) {
                return Bytes.EMPTY;
            }

            @Override
            public void write(EmulatedProcess writer, Bytes data) {
                printed.writeBytes(data.toArray());
            }
        });
        while (!line.isDone() && world.simulation().runNext()) {
            // until it has ended
        }
        if (line.status() != 0) {
            throw new IllegalStateException(command + " ended with " + line.status() + ": " + printed);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
