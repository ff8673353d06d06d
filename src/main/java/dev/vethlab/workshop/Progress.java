package dev.vethlab.workshop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a learner has come.
 *
 * @param reached the first step that is not done, counted from 0; the number of steps when all are
 * @param commands lines typed since the lesson began
 * @param hints opened
 */
public record Progress(String lesson, int reached, List<StepProgress> steps, int commands, int hints) {
    /**
     * A step.
     *
     * @param goals which are ticked
     * @param hints how many of its hints were opened
     */
    public record StepProgress(boolean done, List<Boolean> goals, List<QuestionProgress> questions, int hints) {}

    /**
     * A question.
     *
     * @param answer what the learner said; null until then
     * @param truth what was seen; null until it was and the question is answered
     * @param packet by which it was seen; 0 if by none
     */
    public record QuestionProgress(String name, @Nullable String answer, @Nullable String truth, long packet) {
        /** Whether answer and truth are both known. */
        public boolean isSettled() {
            return answer != null && truth != null;
        }

        /** Whether the prediction came true. */
        public boolean isRight() {
            return answer != null && truth != null && Question.same(answer, truth);
        }
    }

    public boolean isFinished() {
        return reached == steps.size();
    }
}
