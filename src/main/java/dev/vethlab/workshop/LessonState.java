package dev.vethlab.workshop;

import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.world.World;
import dev.vethlab.session.SessionCompanion.Command;
import java.util.List;
import java.util.Optional;

/** How far a learner has come, step by step; used by the session's own thread only. */
final class LessonState {
    private static final long LEAVE_AFTER_NANOS = 1_000_000_000;

    private final Lesson lesson;
    private final List<StepState> steps;
    private long doneAt = Long.MAX_VALUE;
    private int reached;
    private int commands;

    LessonState(Lesson lesson) {
        this.lesson = lesson;
        this.steps = lesson.steps().stream().map(StepState::new).toList();
    }

    /** A packet passed; whether anything came of it. */
    boolean passed(TraceEvent event) {
        return reached < steps.size() && steps.get(reached).passed(event);
    }

    void ended(Command command) {
        commands++;
        if (reached < steps.size()) {
            steps.get(reached).ended(command);
        }
    }

    void answer(String question, String text) {
        steps.forEach(step -> step.answer(question, text));
    }

    void read(String step) {
        find(step).ifPresent(StepState::read);
    }

    void openHint(String step) {
        find(step).ifPresent(StepState::openHint);
    }

    private Optional<StepState> find(String number) {
        for (int i = 0; i < steps.size(); i++) {
            if (number.equals(Integer.toString(i))) {
                return Optional.of(steps.get(i));
            }
        }
        return Optional.empty();
    }

    /**
     * Ticks what holds now, and goes on while steps are done.
     *
     * @param atRest whether a command just ended or the learner spoke; else a step that is done is left a little later, lest what the same
     *     command still sends be taken for the next step's
     */
    void look(World world, boolean atRest) {
        while (reached < steps.size()) {
            steps.get(reached).look(world);
            long now = world.simulation().now();
            if (!steps.get(reached).isDone()) {
                return;
            }
            doneAt = Math.min(doneAt, now);
            if (!atRest && now - doneAt < LEAVE_AFTER_NANOS) {
                return;
            }
            doneAt = Long.MAX_VALUE;
            reached++;
        }
    }

    Progress progress() {
        int hints = steps.stream().mapToInt(StepState::hints).sum();
        return new Progress(lesson.id(), reached, steps.stream().map(StepState::progress).toList(), commands, hints);
    }
}
