package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.EngineException;
import java.util.ArrayList;
import java.util.List;

/** What went wrong with some of several things: it is said when all are done ({@code errors.Join}). */
final class Failures {
    private final List<EngineException> all = new ArrayList<>();

    void add(EngineException failure) {
        all.add(failure);
    }

    /** Says them; the exit status. */
    int answer(Command.Call call) {
        int status = 0;
        for (EngineException failure : all) {
            status = Math.max(status, DockerCommand.answer(call.self(), call.path(), failure));
        }
        return status;
    }
}
