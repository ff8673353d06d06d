package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;

/**
 * A command of the client.
 *
 * @param usage what follows its name in the usage line: {@code [OPTIONS] CONTAINER}
 * @param minimum how many arguments it takes at least
 * @param maximum how many at most; -1 for any number
 * @param interspersed whether flags may follow arguments
 * @param names all its names, each with the words that lead to it: {@code container ls}
 */
record Command(
        String usage,
        String summary,
        int minimum,
        int maximum,
        boolean interspersed,
        Flags flags,
        List<String> names,
        Action action) {
    /** What a command does with what it was given. */
    interface Action {
        /** @return the exit status */
        int run(Call call) throws EngineException;
    }

    /**
     * One use of a command.
     *
     * @param path the name by which it was called: {@code docker ps}
     */
    record Call(EmulatedProcess self, EngineApi engine, ParsedFlags flags, String path) {
        List<String> arguments() {
            return flags.arguments();
        }

        String argument(int index) {
            return flags.arguments().get(index);
        }

        void println(String line) {
            self.println(line);
        }

        void error(String line) {
            self.error(line);
        }
    }
}
