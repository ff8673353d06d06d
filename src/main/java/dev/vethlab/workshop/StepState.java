package dev.vethlab.workshop;

import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.world.World;
import dev.vethlab.session.SessionCompanion.Command;
import dev.vethlab.workshop.check.Check;
import dev.vethlab.workshop.check.CommandPattern;
import dev.vethlab.workshop.check.Observation;
import dev.vethlab.workshop.check.PacketPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** How far a learner has come with one step. */
final class StepState {
    private final Step step;
    private final List<GoalState> goals;
    private final List<QuestionState> questions;
    private int hints;
    private boolean read;

    StepState(Step step) {
        this.step = step;
        goals = step.goals().stream().map(GoalState::new).toList();
        questions = step.questions().stream().map(QuestionState::new).toList();
    }

    boolean passed(TraceEvent event) {
        boolean seen = false;
        for (GoalState goal : goals) {
            seen |= goal.sees(check -> check instanceof Check.PacketPassed(PacketPattern packet) && packet.matches(event));
        }
        for (QuestionState question : questions) {
            seen |= question.passed(event);
        }
        return seen;
    }

    void ended(Command command) {
        goals.forEach(goal -> goal.sees(check -> check instanceof Check.CommandEnded(CommandPattern ended) && ended.matches(command)));
        questions.forEach(question -> question.ended(command));
    }

    void answer(String name, String text) {
        questions.stream().filter(question -> question.question.name().equals(name)).forEach(question -> question.answer(text));
    }

    void read() {
        read = true;
    }

    void openHint() {
        hints = Math.min(hints + 1, step.hints());
    }

    int hints() {
        return hints;
    }

    void look(World world) {
        goals.forEach(goal -> goal.look(world));
    }

    boolean isDone() {
        return step.isOnlyRead()
                ? read
                : goals.stream().allMatch(goal -> goal.ticked) && questions.stream().allMatch(QuestionState::isSettled);
    }

    Progress.StepProgress progress() {
        return new Progress.StepProgress(isDone(), goals.stream().map(goal -> goal.ticked).toList(),
                questions.stream().map(QuestionState::progress).toList(), hints);
    }

    /** What of a goal's checks was seen; what is about the state must hold when the last of them is. */
    private static final class GoalState {
        private final List<Check> checks;
        private final List<Check> unseen;
        private boolean ticked;

        GoalState(Step.Goal goal) {
            checks = goal.checks();
            unseen = new ArrayList<>(checks.stream().filter(check -> !(check instanceof Check.OfState)).toList());
        }

        boolean sees(Predicate<Check> seen) {
            return !ticked && unseen.removeIf(seen);
        }

        void look(World world) {
            ticked |= unseen.isEmpty() && checks.stream().allMatch(check -> !(check instanceof Check.OfState state) || state.holds(world));
        }
    }

    private static final class QuestionState {
        private final Question question;
        private @Nullable String answer;
        private @Nullable String truth;
        private long packet;

        QuestionState(Question question) {
            this.question = question;
            this.truth = question.observation() == null ? question.answer() : null;
        }

        /** A prediction may be changed until it is settled. */
        void answer(String text) {
            if (!isSettled()) {
                answer = text;
            }
        }

        boolean passed(TraceEvent event) {
            if (truth == null && question.observation() instanceof Observation.InPacket seen && seen.packet().matches(event)) {
                truth = question.truth(seen.field().of(event));
                packet = event.packet();
                return true;
            }
            return false;
        }

        void ended(Command command) {
            if (truth == null && question.observation() instanceof Observation.InCommand seen && seen.command().matches(command)) {
                String found = found(seen, command);
                truth = found == null ? null : question.truth(found);
            }
        }

        private static @Nullable String found(Observation.InCommand seen, Command command) {
            if (seen.capture() == null) {
                return Integer.toString(command.status());
            }
            Matcher found = seen.capture().matcher(command.output());
            return found.find() ? found.group(1) : null;
        }

        boolean isSettled() {
            return answer != null && truth != null;
        }

        Progress.QuestionProgress progress() {
            return new Progress.QuestionProgress(question.name(), answer, answer == null ? null : truth, answer == null ? 0 : packet);
        }
    }
}
