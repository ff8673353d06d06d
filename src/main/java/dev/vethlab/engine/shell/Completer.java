package dev.vethlab.engine.shell;

import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;

/** Knows which words a program's command line may go on with, as programmable completion does. */
@FunctionalInterface
public interface Completer {
    /** Knows nothing: files remain. */
    Completer NONE = (shell, before, word) -> List.of();

    /**
     * What may stand in the place of {@code word}; need not begin like it.
     *
     * @param before the words before it, the program's name first
     */
    List<String> candidates(EmulatedProcess shell, List<String> before, String word);
}
