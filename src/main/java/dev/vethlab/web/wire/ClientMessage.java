package dev.vethlab.web.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A message from a browser to the server, version 1. Every field is null or 0 until validated. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @Type(value = ClientMessage.Hello.class, name = "hello"),
    @Type(value = ClientMessage.Open.class, name = "open"),
    @Type(value = ClientMessage.Line.class, name = "line"),
    @Type(value = ClientMessage.Keys.class, name = "input"),
    @Type(value = ClientMessage.Interrupt.class, name = "signal"),
    @Type(value = ClientMessage.EndOfInput.class, name = "eof"),
    @Type(value = ClientMessage.Complete.class, name = "complete"),
    @Type(value = ClientMessage.Resize.class, name = "resize"),
    @Type(value = ClientMessage.Close.class, name = "close"),
    @Type(value = ClientMessage.SetPace.class, name = "pace"),
    @Type(value = ClientMessage.Step.class, name = "step"),
    @Type(value = ClientMessage.Journey.class, name = "journey"),
    @Type(value = ClientMessage.Note.class, name = "note")
})
public sealed interface ClientMessage {
    int LONGEST_TEXT = 65536;
    int MOST_CHARACTERS = 1000;
    String TERMINAL = "[a-z0-9][a-z0-9-]{0,63}";
    int LONGEST_NOTE = 1000;
    String NOTE = "answer:[a-z][a-z0-9-]{0,40}|read|hint";
    String ID = "[A-Za-z0-9_-]{1,64}";
    String NODE = "(container:)?[A-Za-z0-9][A-Za-z0-9_.-]{0,254}";

    /** The protocol's version; only 1 is known. */
    int v();

    /** Whether it changes the session for all who are in it. */
    default boolean changes() {
        return switch (this) {
            case Typed typed -> true;
            case SetPace pace -> true;
            case Step step -> true;
            case Hello hello -> false;
            case Complete complete -> false;
            case Journey journey -> false;
        };
    }

    /** What goes into the session's log. */
    sealed interface Typed extends ClientMessage {
        /** Chosen by the browser, so that the message is not taken twice when it is sent again; answered by taken. */
        @Nullable String id();
    }

    /** First message on a connection. */
    record Hello(@Min(1) @Max(1) int v, @Nullable @Min(1) Long resumeAfter) implements ClientMessage {}

    /** Open a terminal, or attach to the one of that id. */
    record Open(
            @Min(1) @Max(1) int v,
            @Nullable @Pattern(regexp = ID) String id,
            @NotNull @Pattern(regexp = TERMINAL) String terminal,
            @NotNull @Pattern(regexp = NODE) String node,
            @Min(1) @Max(MOST_CHARACTERS) int cols,
            @Min(1) @Max(MOST_CHARACTERS) int rows)
            implements Typed {}

    /** A line for the shell. */
    record Line(
            @Min(1) @Max(1) int v,
            @Nullable @Pattern(regexp = ID) String id,
            @NotNull @Pattern(regexp = TERMINAL) String terminal,
            @NotNull @Size(max = 64) String line,
            @NotNull @Size(max = LONGEST_TEXT) String text)
            implements Typed {}

    /** Keys typed while a program runs in the foreground. */
    record Keys(
            @Min(1) @Max(1) int v,
            @Nullable @Pattern(regexp = ID) String id,
            @NotNull @Pattern(regexp = TERMINAL) String terminal,
            @NotNull @Size(max = LONGEST_TEXT) String data)
            implements Typed {}

    /** Ctrl-C, Ctrl-Z, Ctrl-\. */
    record Interrupt(
            @Min(1) @Max(1) int v,
            @Nullable @Pattern(regexp = ID) String id,
            @NotNull @Pattern(regexp = TERMINAL) String terminal,
            @NotNull @Pattern(regexp = "INT|TSTP|QUIT") String signal)
            implements Typed {}

    /** Ctrl-D. */
    record EndOfInput(
            @Min(1) @Max(1) int v, @Nullable @Pattern(regexp = ID) String id, @NotNull @Pattern(regexp = TERMINAL) String terminal)
            implements Typed {}

    /** What could the word at the cursor become? */
    record Complete(
            @Min(1) @Max(1) int v,
            @NotNull @Pattern(regexp = TERMINAL) String terminal,
            @Min(0) int request,
            @NotNull @Size(max = LONGEST_TEXT) String text,
            @Min(0) int cursor)
            implements ClientMessage {}

    /** The terminal's size. */
    record Resize(
            @Min(1) @Max(1) int v,
            @Nullable @Pattern(regexp = ID) String id,
            @NotNull @Pattern(regexp = TERMINAL) String terminal,
            @Min(1) @Max(MOST_CHARACTERS) int cols,
            @Min(1) @Max(MOST_CHARACTERS) int rows)
            implements Typed {}

    /** Close a terminal. */
    record Close(
            @Min(1) @Max(1) int v, @Nullable @Pattern(regexp = ID) String id, @NotNull @Pattern(regexp = TERMINAL) String terminal)
            implements Typed {}

    /** Change how virtual time passes; {@code factor} with slow. */
    record SetPace(
            @Min(1) @Max(1) int v,
            @NotNull @Pattern(regexp = "live|slow|step|fast") String pace,
            @Nullable @Min(1) @Max(100_000) Integer factor)
            implements ClientMessage {}

    /** With pace step: let one stage, or all of one packet's stages, happen. */
    record Step(@Min(1) @Max(1) int v, @NotNull @Pattern(regexp = "stage|packet") String by) implements ClientMessage {}

    /** All stages of a packet that the browser no longer has. */
    record Journey(@Min(1) @Max(1) int v, @Min(0) long packet) implements ClientMessage {}

    /** A word to the lesson: an answer to a question, a step that was read, a hint that was opened. */
    record Note(
            @Min(1) @Max(1) int v,
            @Nullable @Pattern(regexp = ID) String id,
            @NotNull @Pattern(regexp = NOTE) String about,
            @NotNull @Size(max = LONGEST_NOTE) String text)
            implements Typed {}
}
