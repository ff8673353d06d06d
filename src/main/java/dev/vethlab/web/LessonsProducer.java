package dev.vethlab.web;

import dev.vethlab.session.Sessions;
import dev.vethlab.workshop.Lessons;
import dev.vethlab.workshop.Workshop;
import io.quarkus.logging.Log;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the shelf of lessons, and the workshop where they are begun. */
class LessonsProducer {
    @Produces
    @Singleton
    Lessons lessons(Settings settings) {
        return new Lessons(settings.lessons().dir().orElse(null), Log::warn);
    }

    @Produces
    @Singleton
    Workshop workshop(Lessons lessons, Sessions sessions) {
        return new Workshop(lessons, sessions);
    }
}
