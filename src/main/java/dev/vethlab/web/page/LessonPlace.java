package dev.vethlab.web.page;

import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.Lessons;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a lesson stands among its kind.
 *
 * @param kind {@code Lesson} or {@code Challenge}
 * @param number from 1
 * @param total how many of its kind there are
 */
public record LessonPlace(Lesson lesson, String kind, int number, int total) {
    /** All of a kind, in order. */
    static List<LessonPlace> all(Lessons lessons, Lesson.Kind kind) {
        List<Lesson> all = lessons.all(kind);
        return all.stream().map(lesson -> new LessonPlace(lesson, name(kind), all.indexOf(lesson) + 1, all.size())).toList();
    }

    /** The card of a lesson; by itself if it is no longer among the others. */
    static LessonPlace of(Lessons lessons, Lesson lesson) {
        return all(lessons, lesson.kind()).stream()
                .filter(card -> card.lesson().id().equals(lesson.id()))
                .findFirst()
                .orElse(new LessonPlace(lesson, name(lesson.kind()), 1, 1));
    }

    /** What comes after it; null after the last of its kind. */
    @Nullable Lesson next(Lessons lessons) {
        Optional<LessonPlace> next = all(lessons, lesson.kind()).stream().filter(card -> card.number() == number + 1).findFirst();
        return next.map(LessonPlace::lesson).orElse(null);
    }

    private static String name(Lesson.Kind kind) {
        return switch (kind) {
            case LESSON -> "Lesson";
            case CHALLENGE -> "Challenge";
        };
    }
}
