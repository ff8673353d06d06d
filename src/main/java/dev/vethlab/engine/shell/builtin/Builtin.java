package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.shell.Interpreter;
import java.util.List;

/** A command that the shell runs itself. */
@FunctionalInterface
public interface Builtin {
    /** Runs it; {@code words} begins with its name. */
    int run(Interpreter shell, List<String> words);
}
