package dev.vethlab.web.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vethlab.workshop.Progress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a learner has come. */
public record ProgressView(String lesson, int reached, int commands, int hints, List<StepView> steps) {
    /** A step: which of its goals are ticked, how many of its hints were opened. */
    public record StepView(boolean done, List<Boolean> goals, List<QuestionView> questions, int hints) {
        static StepView of(Progress.StepProgress step) {
            return new StepView(step.done(), step.goals(), step.questions().stream().map(QuestionView::of).toList(), step.hints());
        }
    }

    /** A question: {@code truth} and {@code right} are there once it is settled, {@code packet} if a packet settled it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record QuestionView(
            String name, @Nullable String answer, @Nullable String truth, @Nullable Boolean right, @Nullable Long packet) {
        static QuestionView of(Progress.QuestionProgress question) {
            return new QuestionView(question.name(), question.answer(), question.truth(), question.isSettled() ? question.isRight() : null,
                    question.packet() == 0 ? null : question.packet());
        }
    }

    public static ProgressView of(Progress progress) {
        return new ProgressView(progress.lesson(), progress.reached(), progress.commands(), progress.hints(),
                progress.steps().stream().map(StepView::of).toList());
    }
}
