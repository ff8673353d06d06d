package dev.vethlab.engine.command.service;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;

/** {@code service docker restart}: the old way of saying the same. */
final class ServiceCommand implements Program {
    private final DockerService docker;

    ServiceCommand(DockerService docker) {
        this.docker = docker;
    }

    @Override
    public int main(EmulatedProcess self) {
        List<String> words = self.arguments().subList(1, self.arguments().size());
        if (words.size() != 2) {
            self.error("Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]");
            return 1;
        }
        if (!words.getFirst().equals("docker")) {
            self.error(words.getFirst() + ": unrecognized service");
            return 1;
        }
        return switch (words.get(1)) {
            case "start" -> docker.start(self);
            case "stop" -> docker.stop(self);
            case "restart", "force-reload", "--full-restart" -> docker.restart(self);
            case "reload" -> docker.reload(self);
            default -> Unsupported.answer(self, "service docker " + words.get(1) + " is not emulated");
        };
    }
}
