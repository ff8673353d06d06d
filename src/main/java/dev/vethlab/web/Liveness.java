package dev.vethlab.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Alive is who gives sessions a processor. They run on virtual threads, which nobody preempts: a defect of the emulation that loops keeps a
 * processor for ever, and with the last one no session goes on. Only a new start helps then.
 */
@ApplicationScoped
@org.eclipse.microprofile.health.Liveness
class Liveness implements HealthCheck {
    /** A server with much to do takes seconds. */
    private static final long LONGEST = Duration.ofMinutes(1).toNanos();

    private final Executor processors;
    private final LongSupplier clock;
    private Question asked;

    @Inject
    Liveness() {
        this(Thread::startVirtualThread, System::nanoTime);
    }

    /** @param clock nanoseconds */
    Liveness(Executor processors, LongSupplier clock) {
        this.processors = processors;
        this.clock = clock;
        this.asked = ask();
    }

    /** Put to the threads that sessions run on, by each probe for the next one: a probe does not wait. */
    private static final class Question {
        private final long since;
        private volatile boolean answered;

        Question(long since) {
            this.since = since;
        }
    }

    private Question ask() {
        var question = new Question(clock.getAsLong());
        processors.execute(() -> question.answered = true);
        return question;
    }

    @Override
    public synchronized HealthCheckResponse call() {
        long waited = 0;
        if (asked.answered) {
            asked = ask();
        } else {
            waited = clock.getAsLong() - asked.since;
        }
        return HealthCheckResponse.named("processors")
                .status(waited < LONGEST)
                .withData("waited seconds", Duration.ofNanos(waited).toSeconds())
                .build();
    }
}
