package dev.vethlab.web.page;

import dev.vethlab.workshop.Lesson;
import io.quarkus.qute.RawString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A lesson as the landing page offers it.
 *
 * @param number as people count them; 0 if it has none
 * @param picture drawn for it, as SVG of the page's own
 */
public record LessonCard(String id, int number, String title, String summary, int minutes, RawString picture) {
    private static final int LESSON_PICTURES = 12;
    private static final int CHALLENGE_PICTURES = 4;

    static LessonCard of(Lesson lesson) {
        return new LessonCard(lesson.id(), lesson.number(), lesson.title(), lesson.summary(), lesson.minutes(),
                new RawString(read(pictureOf(lesson))));
    }

    /** Those beyond the twelve begin with the first picture again. */
    private static String pictureOf(Lesson lesson) {
        int index = Math.max(0, lesson.number() - 1);
        return switch (lesson.kind()) {
            case LESSON -> "lesson-" + (index % LESSON_PICTURES + 1);
            case CHALLENGE -> "challenge-" + index % CHALLENGE_PICTURES;
        };
    }

    private static String read(String picture) {
        try (InputStream file = LessonCard.class.getResourceAsStream("/pictures/" + picture + ".svg")) {
            if (file == null) {
                throw new IllegalStateException("there is no picture " + picture);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
