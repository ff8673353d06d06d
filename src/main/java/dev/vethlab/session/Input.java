package dev.vethlab.session;

import dev.vethlab.engine.process.Signal;
import java.util.List;

/** What comes into a session from outside; everything else follows from it. */
public sealed interface Input {
    /** How many commands it gives to shells. */
    default int commands() {
        return switch (this) {
            case Line line -> 1;
            case Execute execute -> 1;
            case Script script -> script.steps().size();
            case Open open -> 0;
            case Keys keys -> 0;
            case Interrupt interrupt -> 0;
            case EndOfInput end -> 0;
            case Resize resize -> 0;
            case Close close -> 0;
            case Note note -> 0;
            case Moment moment -> 0;
        };
    }

    /** A new terminal with a fresh shell. */
    record Open(String terminal, String node, int columns, int rows) implements Input {}

    /**
     * A line for a shell that has prompted.
     *
     * @param tag chosen by whoever typed it and shown in the echo; may be empty
     */
    record Line(String terminal, String text, String tag) implements Input {}

    /** Keys for the program in a terminal's foreground. */
    record Keys(String terminal, String data) implements Input {}

    /** Ctrl-C and its kind, for a terminal's foreground. */
    record Interrupt(String terminal, Signal signal) implements Input {}

    /** Ctrl-D. */
    record EndOfInput(String terminal) implements Input {}

    /** A terminal's new size in characters. */
    record Resize(String terminal, int columns, int rows) implements Input {}

    /** The terminal is closed; what runs in it gets HUP. */
    record Close(String terminal) implements Input {}

    /** A command for a node's shell that has no terminal; somebody waits for its answer. */
    record Execute(String node, String command) implements Input {}

    /**
     * A word about the session, such as the answer to a lesson's question. The emulated world never learns of it; the session's {@link
     * SessionCompanion} does.
     *
     * @param about what it is about, as the companion names things
     */
    record Note(String about, String text) implements Input {}

    /** Lines that are typed one after the other, each when the shell before has prompted again. */
    record Script(List<Step> steps) implements Input {
        /** A line for a terminal, which is opened on its node if there is none of that name. */
        public record Step(String terminal, String node, String text) {}
    }

    /** Nothing comes in; the log says by it how far the session had come. */
    record Moment() implements Input {}
}
