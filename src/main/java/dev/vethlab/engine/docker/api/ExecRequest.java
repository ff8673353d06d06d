package dev.vethlab.engine.docker.api;

import java.util.List;
import java.util.Map;

/**
 * What is to be run in a container ({@code POST /containers/{id}/exec}).
 *
 * @param user empty for the container's own
 * @param workingDirectory empty for the container's own
 */
public record ExecRequest(
        List<String> command,
        boolean tty,
        boolean attachStdin,
        boolean privileged,
        String user,
        String workingDirectory,
        Map<String, String> environment) {
    public ExecRequest {
        command = List.copyOf(command);
    }
}
