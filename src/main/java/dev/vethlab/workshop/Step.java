package dev.vethlab.workshop;

import dev.vethlab.workshop.check.Check;
import java.util.List;

/**
 * One idea of a lesson.
 *
 * <p>It is done when all its goals are reached and all its questions are answered and settled; one that has neither is done when the
 * learner goes on.
 *
 * @param html its text, with places for commands, questions, goals and hints
 * @param focus what of the topology it is about: {@code host}, {@code web}, {@code host/docker0}, {@code host/PREROUTING}
 * @param fold what of it is not needed, named alike, or {@code rest}: all else
 * @param solution what to type to reach its goals, the commands of the text included
 */
public record Step(
        String title, String html, List<Goal> goals, List<Question> questions, int hints, List<String> focus, List<String> fold,
        List<Line> solution) {
    /**
     * Something to reach; it stays ticked when it was.
     *
     * @param text HTML of one line
     * @param checks what must hold, all at the same time
     */
    public record Goal(String text, List<Check> checks) {}

    /** Whether there is nothing to do but to read. */
    public boolean isOnlyRead() {
        return goals.isEmpty() && questions.isEmpty();
    }
}
