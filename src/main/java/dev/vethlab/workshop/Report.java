package dev.vethlab.workshop;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a learner did, for the summary.
 *
 * @param questions that were settled
 * @param right how many of them as predicted
 */
public record Report(List<StepReport> steps, int questions, int right) {
    /** A step. */
    public record StepReport(String title, boolean done, List<GoalReport> goals, List<QuestionReport> questions) {}

    /** A goal; {@code text} is HTML. */
    public record GoalReport(String text, boolean reached) {}

    /** A settled question, in the words of its choices. */
    public record QuestionReport(String answer, String truth, boolean right) {}

    public static Report of(Lesson lesson, Progress progress) {
        List<StepReport> steps = new ArrayList<>();
        for (int i = 0; i < lesson.steps().size(); i++) {
            steps.add(of(lesson.steps().get(i), progress.steps().get(i)));
        }
        List<QuestionReport> all = steps.stream().flatMap(step -> step.questions().stream()).toList();
        return new Report(List.copyOf(steps), all.size(), (int) all.stream().filter(QuestionReport::right).count());
    }

    private static StepReport of(Step step, Progress.StepProgress progress) {
        List<GoalReport> goals = new ArrayList<>();
        for (int i = 0; i < step.goals().size(); i++) {
            goals.add(new GoalReport(step.goals().get(i).text(), progress.goals().get(i)));
        }
        List<QuestionReport> questions = new ArrayList<>();
        for (int i = 0; i < step.questions().size(); i++) {
            Progress.QuestionProgress of = progress.questions().get(i);
            if (of.isSettled()) {
                Question question = step.questions().get(i);
                questions.add(new QuestionReport(plain(question.shown(Objects.requireNonNull(of.answer()))),
                        plain(question.shown(Objects.requireNonNull(of.truth()))), of.isRight()));
            }
        }
        return new StepReport(step.title(), progress.done(), List.copyOf(goals), List.copyOf(questions));
    }

    /** Choices are Markdown of one line. */
    private static String plain(String markdown) {
        return markdown.replaceAll("[`*]", "");
    }
}
