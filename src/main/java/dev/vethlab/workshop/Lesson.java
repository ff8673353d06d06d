package dev.vethlab.workshop;

import dev.vethlab.engine.world.WorldKind;
import java.util.List;

/**
 * A lesson, or a challenge: a broken host to repair without being told how.
 *
 * @param id its file's name without {@code .md}, such as {@code 03-publish-a-port}
 * @param minutes that it takes, roughly
 * @param dockerd flags of the Docker engine; empty for none
 * @param setup what is typed before the learner comes
 * @param introduction HTML before the first step; may be empty
 * @param source where it was read, for messages
 */
public record Lesson(
        String id,
        Kind kind,
        String title,
        String summary,
        int minutes,
        WorldKind world,
        String dockerd,
        List<Line> setup,
        String introduction,
        List<Step> steps,
        String source) {
    /** What sort of lesson. */
    public enum Kind {
        LESSON,
        CHALLENGE
    }

    /** The number that its file's name begins with; 0 if with none. */
    public int number() {
        int end = 0;
        while (end < id.length() && Character.isDigit(id.charAt(end))) {
            end++;
        }
        return end == 0 ? 0 : Integer.parseInt(id.substring(0, end));
    }
}
