package dev.vethlab.web.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vethlab.engine.trace.TracedStage;
import dev.vethlab.session.ClockState;
import dev.vethlab.session.Pace;
import dev.vethlab.session.SessionStream.Numbered;
import dev.vethlab.session.TerminalState;
import dev.vethlab.session.Update;
import dev.vethlab.workshop.LessonRun;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A message from the server to a browser, version 1. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ServerMessage {
    /** The protocol's version. */
    @JsonProperty
    default int v() {
        return 1;
    }

    /** Which message it is. */
    @JsonProperty
    String type();

    /** How virtual time passes; {@code factor} with pace slow only. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ClockView(long time, String pace, @Nullable Integer factor, boolean held) {
        public static ClockView of(ClockState clock) {
            return switch (clock.pace()) {
                case Pace.Live live -> new ClockView(clock.time(), "live", null, clock.held());
                case Pace.Slow slow -> new ClockView(clock.time(), "slow", slow.factor(), clock.held());
                case Pace.Step step -> new ClockView(clock.time(), "step", null, clock.held());
                case Pace.Fast fast -> new ClockView(clock.time(), "fast", null, clock.held());
            };
        }
    }

    /** An open terminal; {@code prompt} is there when its shell waits for a line. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TerminalView(String terminal, String node, @Nullable String prompt) {
        public static TerminalView of(TerminalState terminal) {
            return new TerminalView(terminal.terminal(), terminal.node(), terminal.prompt());
        }
    }

    /** Answer to hello; {@code progress} is there when a lesson is, {@code shown} when another session is, as in {@link Shown}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Welcome(
            String session,
            String world,
            long seq,
            String role,
            List<String> nodes,
            ClockView clock,
            boolean resumed,
            List<TerminalView> terminals,
            @Nullable ProgressView progress,
            @Nullable String shown)
            implements ServerMessage {
        @Override
        public String type() {
            return "welcome";
        }
    }

    /** The structure of the world. */
    record Structure(long seq, TopologyView topology) implements ServerMessage {
        @Override
        public String type() {
            return "topology";
        }
    }

    /**
     * Packets passed stages.
     *
     * @param dropped how many stages before these are left out because the browser was too slow; null for none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Events(long seq, List<TraceView> events, @Nullable Long dropped) implements ServerMessage {
        @Override
        public String type() {
            return "events";
        }
    }

    /** A terminal was opened. */
    record Opened(long seq, String terminal, String node) implements ServerMessage {
        @Override
        public String type() {
            return "opened";
        }
    }

    /** A line was accepted by a shell. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Echo(long seq, String terminal, String prompt, String text, @Nullable String line) implements ServerMessage {
        @Override
        public String type() {
            return "echo";
        }
    }

    /** What a terminal shows. */
    record Output(long seq, String terminal, String data) implements ServerMessage {
        @Override
        public String type() {
            return "output";
        }
    }

    /** A shell is ready for a line. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Prompt(long seq, String terminal, String prompt, @Nullable String pending) implements ServerMessage {
        @Override
        public String type() {
            return "prompt";
        }
    }

    /** A shell ended. */
    record Exited(long seq, String terminal, int status) implements ServerMessage {
        @Override
        public String type() {
            return "exited";
        }
    }

    /** Time, pace, or held changed. */
    record Clock(long seq, ClockView clock) implements ServerMessage {
        @Override
        public String type() {
            return "clock";
        }
    }

    /** The learner came on. */
    record Progressed(long seq, ProgressView progress) implements ServerMessage {
        @Override
        public String type() {
            return "progress";
        }
    }

    /** Another session can be watched by {@code link}, its last part of the address; without it, not any more. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(long seq, @Nullable String link) implements ServerMessage {
        @Override
        public String type() {
            return "shown";
        }
    }

    /** A sentence for the person. */
    record Notice(long seq, String kind, String text) implements ServerMessage {
        @Override
        public String type() {
            return "notice";
        }
    }

    /** Answer to complete. */
    record Completions(int request, int from, List<String> candidates) implements ServerMessage {
        @Override
        public String type() {
            return "completions";
        }
    }

    /** Answer to journey. */
    record JourneyEvents(long packet, List<TraceView> events) implements ServerMessage {
        @Override
        public String type() {
            return "journey";
        }
    }

    /**
     * What was sent with this id is in the log, or was refused: it need not be sent again. Comes behind the updates that it caused at once.
     */
    record Taken(String id) implements ServerMessage {
        @Override
        public String type() {
            return "taken";
        }
    }

    /** The session was resting; before the welcome, so many commands are replayed. */
    record Replaying(int commands) implements ServerMessage {
        @Override
        public String type() {
            return "replaying";
        }
    }

    /** A message was refused; nothing changed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Refused(String code, String text, @Nullable String terminal) implements ServerMessage {
        @Override
        public String type() {
            return "error";
        }
    }

    /**
     * An update as it goes over the wire.
     *
     * @param dropped stages of packets left out before it
     */
    static ServerMessage of(Numbered numbered, long dropped) {
        long seq = numbered.sequence();
        return switch (numbered.update()) {
            case Update.Structure structure -> new Structure(seq, TopologyView.of(structure));
            case Update.Packets packets -> new Events(seq, views(packets.stages()), dropped > 0 ? dropped : null);
            case Update.Opened opened -> new Opened(seq, opened.terminal(), opened.node());
            case Update.Echo echo ->
                new Echo(seq, echo.terminal(), echo.prompt(), echo.text(), echo.tag().isEmpty() ? null : echo.tag());
            case Update.Output output -> new Output(seq, output.terminal(), output.data());
            case Update.Prompt prompt -> new Prompt(seq, prompt.terminal(), prompt.prompt(), prompt.pending());
            case Update.Exited exited -> new Exited(seq, exited.terminal(), exited.status());
            case Update.Clock clock -> new Clock(seq, ClockView.of(clock.clock()));
            case Update.Companion told -> new Progressed(seq, ProgressView.of(((LessonRun.Told) told).progress()));
            case Update.Notice notice -> new Notice(seq, notice.kind().name().toLowerCase(Locale.ROOT), notice.text());
            case Update.Shown shown -> new Shown(seq, shown.link());
        };
    }

    /** Stages as they go over the wire. */
    static List<TraceView> views(List<TracedStage> stages) {
        return stages.stream().map(stage -> TraceView.of(stage.event(), stage.born())).toList();
    }
}
