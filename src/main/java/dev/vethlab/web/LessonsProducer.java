package dev.vethlab.web;

import dev.vethlab.session.Sessions;
import dev.vethlab.workshop.Lessons;
import dev.vethlab.workshop.Workshop;
import io.quarkus.logging.Log;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the shelf of lessons, and the workshop where they are begun. */
class LessonsProducer {
    /** @param directory of lessons that are picked up while the server runs */
    @Produces
    @Singleton
    Lessons lessons(@ConfigProperty(name = "vethlab.lessons.dir") Optional<Path> directory) {
        return new Lessons(directory.orElse(null), Log::warn);
    }

    @Produces
    @Singleton
    Workshop workshop(Lessons lessons, Sessions sessions) {
        return new Workshop(lessons, sessions);
    }
}
