package dev.vethlab.engine.command.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.docker.api.ContainerApi;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.ImageApi;
import dev.vethlab.engine.docker.api.NetworkApi;
import dev.vethlab.engine.docker.api.VolumeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much of Docker is here, counted from what is declared; {@code docs/supported.md} says the same. */
class DockerSupportTest {
    private static final List<Class<?>> ENGINE = List.of(EngineApi.class, ContainerApi.class, ImageApi.class, NetworkApi.class,
            VolumeApi.class);

    /** Methods that hand out a group of operations, or look something up for the engine's own clients. */
    private static final List<String> NO_OPERATIONS = List.of("containers", "images", "networks", "volumes", "find", "lookup", "isUsed",
            "writtenSize", "checkExtraction", "archived");

    @Test
    void theDocumentationSaysHowMuchIsSupported() throws IOException {
        long operations = ENGINE.stream().flatMap(api -> Stream.of(api.getDeclaredMethods()))
                .filter(method -> !NO_OPERATIONS.contains(method.getName()) && !method.isSynthetic()).count();
        var flags = new ArrayList<FlagSpec>();
        List<Command> commands = new CommandTree().all();
        commands.forEach(command -> flags.addAll(command.flags().specs()));
        List<String> compose = ComposeCommands.names();
        compose.forEach(name -> flags.addAll(java.util.Objects.requireNonNull(ComposeCommands.flags(name)).specs()));
        long accepted = flags.stream().filter(FlagSpec::emulated).count();

        assertThat(Files.readString(Path.of("docs/supported.md"))).contains("Docker in numbers: " + operations + " operations of the engine; "
                + commands.size() + " commands of `docker` and " + compose.size() + " of `docker compose`; " + accepted + " flags accepted, "
                + (flags.size() - accepted) + " refused with a `vethlab:` line.");
    }
}
