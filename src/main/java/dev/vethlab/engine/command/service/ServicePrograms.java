package dev.vethlab.engine.command.service;

import dev.vethlab.engine.docker.Engine;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs by which a Docker host's engine is run as a service. */
public final class ServicePrograms {
    private final Engine engine;

    public ServicePrograms(Engine engine) {
        this.engine = engine;
    }

    /** By path. */
    public Map<String, Executable> all() {
        var service = new DockerService(engine);
        var programs = new LinkedHashMap<String, Executable>();
        programs.put("/usr/bin/systemctl", new Systemctl(service));
        programs.put("/usr/bin/journalctl", new Journalctl(service));
        programs.put("/usr/bin/service", new ServiceCommand(service));
        programs.put("/usr/bin/dockerd", new Dockerd(engine));
        programs.put("/usr/bin/docker-init", (Program) DockerInit::main);
        return programs;
    }
}
