package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.process.Executable;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of a Docker host, for its one engine. */
public final class DockerPrograms {
    private final EngineApi engine;

    public DockerPrograms(EngineApi engine) {
        this.engine = engine;
    }

    /** By name. */
    public Map<String, Executable> all() {
        var programs = new LinkedHashMap<String, Executable>();
        programs.put("docker", new DockerCommand(engine));
        return programs;
    }
}
