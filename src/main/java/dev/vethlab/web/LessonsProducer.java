package dev.vethlab.web;

import dev.vethlab.session.Sessions;
import dev.vethlab.workshop.LessonSessions;
import dev.vethlab.workshop.Lessons;
import io.quarkus.logging.Log;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the shelf of lessons, and the sessions that begin with one. */
class LessonsProducer {
    @Produces
    @Singleton
    Lessons lessons(Settings settings) {
        return new Lessons(settings.lessons().dir().orElse(null), Log::warn);
    }

    @Produces
    @Singleton
    LessonSessions lessonSessions(Lessons lessons, Sessions sessions) {
        return new LessonSessions(lessons, sessions);
    }
}
