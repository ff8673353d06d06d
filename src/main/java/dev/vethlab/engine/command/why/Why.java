package dev.vethlab.engine.command.why;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Explanation;
import dev.vethlab.engine.trace.FieldChange;
import dev.vethlab.engine.trace.Journeys;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Place;
import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.trace.TracedStage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code why [PACKET]}: the last drop, else the last packet; or the packet of that number, stage by stage. */
public final class Why {
    private static final String HELP = """
            Usage: why [OPTION] [PACKET]
            Say what became of a packet anywhere in this lab, and why.

            Without PACKET: the last packet that was dropped, at the stage that dropped it;
            if none was, the last packet, stage by stage.
            With PACKET, the number that the page shows: that packet, stage by stage.

              -a, --all     every stage, also of the last drop
                  --help    this text

            Exit status: 0 if there was a packet to tell of, 1 if not, 2 if it was asked wrongly.
            Not a part of Linux: vethlab's own program.
            """;
    private static final int WRONGLY_ASKED = 2;

    private Why() {}

    /** The program of this package by its name. */
    public static Map<String, Executable> all() {
        Program why = Why::main;
        var all = new LinkedHashMap<String, Executable>();
        all.put("why", why);
        return all;
    }

    private static int main(EmulatedProcess self) {
        boolean whole = false;
        String number = null;
        List<String> words = self.arguments();
        for (String word : words.subList(1, words.size())) {
            switch (word) {
                case "--help", "-h" -> {
                    self.print(HELP);
                    return 0;
                }
                case "-a", "--all" -> whole = true;
                default -> {
                    if (number != null || !word.matches("[0-9]{1,18}")) {
                        self.error("why: '" + word + "' is not the number of a packet");
                        self.error("Try 'why --help' for more information.");
                        return WRONGLY_ASKED;
                    }
                    number = word;
                }
            }
        }
        Journeys journeys = self.network().kernel().tracer().journeys();
        if (journeys == null || journeys.last() == null) {
            self.error("why: no packet has moved yet");
            return 1;
        }
        return number == null ? last(self, journeys, whole) : tell(self, journeys, Long.parseLong(number));
    }

    private static int last(EmulatedProcess self, Journeys journeys, boolean whole) {
        TracedStage drop = journeys.lastDrop();
        if (drop == null) {
            return tell(self, journeys, java.util.Objects.requireNonNull(journeys.last()).event().packet());
        }
        if (whole) {
            return tell(self, journeys, drop.event().packet());
        }
        List<TracedStage> way = journeys.way(drop.event().packet());
        var text = new StringBuilder(heading(way, drop.event().packet()));
        text.append("Dropped at ").append(place(drop.event().place())).append(":\n");
        append(text, drop);
        text.append("Its way: why ").append(drop.event().packet()).append('\n');
        self.print(text.toString());
        return 0;
    }

    private static int tell(EmulatedProcess self, Journeys journeys, long packet) {
        List<TracedStage> way = journeys.way(packet);
        if (way.isEmpty()) {
            self.error("why: packet " + packet + " is not known, or too long ago");
            return 1;
        }
        var text = new StringBuilder(heading(way, packet));
        String at = "";
        for (TracedStage stage : way) {
            String place = place(stage.event().place());
            if (!place.equals(at)) {
                text.append(place).append(":\n");
                at = place;
            }
            append(text, stage);
        }
        List<Long> copies = journeys.copies(packet);
        if (!copies.isEmpty()) {
            text.append("Its copies: ").append(String.join(", ", copies.stream().map(copy -> "why " + copy).toList())).append('\n');
        }
        self.print(text.toString());
        return 0;
    }

    private static String heading(List<TracedStage> way, long packet) {
        TraceEvent first = way.getFirst().event();
        return "Packet " + packet + ": " + PacketSummary.of(first.before() == null ? first.payload() : first.before()) + "\n";
    }

    /** A stage: its title, what decided, what changed, and why. */
    private static void append(StringBuilder text, TracedStage stage) {
        TraceEvent event = stage.event();
        Explanation explanation = Explanation.of(event, stage.born());
        text.append("  ").append(explanation.title()).append('\n');
        if (!explanation.detail().isEmpty()) {
            text.append("    ").append(explanation.detail()).append('\n');
        }
        for (FieldChange change : FieldChange.between(event.before(), event.payload())) {
            text.append("    ").append(change.field()).append(' ').append(change.before()).append(" → ").append(change.after()).append('\n');
        }
        text.append("    ").append(explanation.why()).append('\n');
        if (event.outcome() instanceof Outcome.Dropped(DropReason reason, Decision.Lazy remedy)) {
            text.append("    Dropped: ").append(reason).append('\n');
            text.append("    What would let it through: ").append(explanation.wouldLetThrough()).append(".\n");
        }
    }

    private static String place(Place place) {
        String inside = place.machine() + (place.namespace().isEmpty() ? "" : ", " + place.namespace());
        return inside + (place.device().isEmpty() ? "" : ", " + place.device());
    }
}
