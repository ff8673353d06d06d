package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineException;
import java.util.List;

/** {@code docker compose cp}: {@code docker cp} for the containers of a service ({@code pkg/compose/cp.go}). */
final class ComposeCopy {
    static final String USAGE = "[OPTIONS] SERVICE:SRC_PATH DEST_PATH|-\n\tdocker compose cp [OPTIONS] SRC_PATH|- SERVICE:DEST_PATH";
    static final Flags FLAGS = Flags.declare("""
            --all   Include containers created by the run command
            -a, --archive   Archive mode (copy all uid/gid information)
            -L, --follow-link   Always follow symbol link in SRC_PATH
            --index int   Index of the container if service has multiple replicas
            """);

    private ComposeCopy() {}

    static int copy(ComposeCall call) throws ComposeException, EngineException {
        if (call.arguments().size() != 2) {
            call.self().error("docker: 'docker compose cp' requires 2 arguments\n\nUsage:  docker compose cp " + USAGE
                    + "\n\nRun 'docker compose cp --help' for more information");
            return 1;
        }
        String from = call.arguments().get(0);
        String to = call.arguments().get(1);
        boolean out = CopyCommand.isRemote(from);
        if (out == CopyCommand.isRemote(to)) {
            throw ComposeException.of(out ? "copying between services is not supported" : "unknown copy direction");
        }
        String remote = out ? from : to;
        String service = remote.substring(0, remote.indexOf(':'));
        String path = remote.substring(remote.indexOf(':'));
        int status = 0;
        for (ContainerView container : containers(call, service, out)) {
            String shown = container.name() + path;
            String what = " " + container.name() + " copy " + (out ? shown + " to " + to : from + " to " + shown) + " ";
            call.progress(what + "Copying");
            List<String> words = out ? List.of(container.id() + path, to) : List.of(from, container.id() + path);
            int one = call.dry() ? 0 : CopyCommand.copy(call.self(), call.engine(), words, call.flags().flag("archive"));
            if (one == 0) {
                call.progress(what + "Copied");
            }
            status = Math.max(status, one);
        }
        return status;
    }

    /** What is copied from comes from one container; what is copied to goes to all. */
    private static List<ContainerView> containers(ComposeCall call, String service, boolean out) throws ComposeException {
        int index = call.flags().number("index", 0);
        if (index > 0) {
            return List.of(call.runner().numbered(service, index, true));
        }
        List<ContainerView> all = call.runner().containers(service, call.flags().flag("all"));
        if (all.isEmpty()) {
            throw ComposeException.of("no container found for service \"" + service + "\"");
        }
        return out ? all.subList(0, 1) : all;
    }
}
