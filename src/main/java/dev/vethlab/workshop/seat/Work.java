package dev.vethlab.workshop.seat;

import dev.vethlab.workshop.Activity;
import dev.vethlab.workshop.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was done at a seat, and when by the wall clock.
 *
 * @param done how many steps of the lesson
 * @param steps how many it has; 0 if there is no lesson
 * @param ticked how many of its goals and questions
 * @param checks how many it has
 * @param active when a command last ended; null before the first
 * @param progressed when something of the lesson was last done
 * @param finished when all of it was
 */
public record Work(
        int done,
        int steps,
        int ticked,
        int checks,
        Activity activity,
        @Nullable Instant active,
        @Nullable Instant progressed,
        @Nullable Instant finished) {
    static final Work NONE = new Work(0, 0, 0, 0, Activity.NONE, null, null, null);

    /** The same work seen again later. */
    Work then(Activity activity, @Nullable Progress progress, Instant now) {
        Work seen = progress == null ? NONE : of(progress);
        boolean wentOn = seen.ticked > ticked || seen.done > done;
        boolean isFinished = progress != null && progress.isFinished();
        return new Work(seen.done, seen.steps, seen.ticked, seen.checks, activity,
                activity.commands() == this.activity.commands() ? active : now,
                wentOn ? now : progressed,
                !isFinished ? null : finished == null ? now : finished);
    }

    private static Work of(Progress progress) {
        int ticked = 0;
        int checks = 0;
        for (Progress.StepProgress step : progress.steps()) {
            ticked += (int) step.goals().stream().filter(goal -> goal).count();
            ticked += (int) step.questions().stream().filter(Progress.QuestionProgress::isSettled).count();
            checks += step.goals().size() + step.questions().size();
        }
        return new Work(progress.reached(), progress.steps().size(), ticked, checks, Activity.NONE, null, null, null);
    }
}
