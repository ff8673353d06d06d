package dev.vethlab.session;

import dev.vethlab.engine.trace.TracedStage;
import dev.vethlab.engine.world.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that those who look at a session should see. */
public sealed interface Update {
    /** Roughly how many bytes it takes to keep. */
    default int weight() {
        return 200;
    }

    /** The world's structure changed; {@code version} grows. */
    record Structure(long version, Topology topology) implements Update {
        @Override
        public int weight() {
            return 20_000;
        }
    }

    /** Packets passed stages. */
    record Packets(List<TracedStage> stages) implements Update {
        @Override
        public int weight() {
            return 600 * stages.size();
        }
    }

    /** A terminal was opened. */
    record Opened(String terminal, String node) implements Update {}

    /** A shell accepted a line. */
    record Echo(String terminal, String prompt, String text, String tag) implements Update {
        @Override
        public int weight() {
            return 200 + 2 * text.length();
        }
    }

    /** A terminal shows text; lines end with CR LF. */
    record Output(String terminal, String data) implements Update {
        @Override
        public int weight() {
            return 200 + 2 * data.length();
        }
    }

    /** A shell waits for a line. */
    record Prompt(String terminal, String prompt, @Nullable String pending) implements Update {}

    /** A shell ended, and its terminal with it. */
    record Exited(String terminal, int status) implements Update {}

    /** How time passes now. */
    record Clock(ClockState clock) implements Update {}

    /**
     * Another session is shown to who is in this one.
     *
     * @param link by which it can be watched; null for not any more
     */
    record Shown(@Nullable String link) implements Update {}

    /** Something that the session's {@link SessionCompanion} tells. */
    non-sealed interface Companion extends Update {}

    /** A sentence for the person. */
    record Notice(Kind kind, String text) implements Update {
        /** Something to know. */
        public static Notice info(String text) {
            return new Notice(Kind.INFO, text);
        }

        /** What sort of notice. */
        public enum Kind {
            INFO,
            ASLEEP,
            LIMIT
        }
    }
}
