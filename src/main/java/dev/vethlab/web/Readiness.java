package dev.vethlab.web;

import dev.vethlab.session.SessionStore;
import dev.vethlab.session.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Ready is who can make a session and bring one back: its store answers, and it is not about to stop. */
@ApplicationScoped
@org.eclipse.microprofile.health.Readiness
class Readiness implements HealthCheck {
    private final Sessions sessions;
    private final SessionStore store;

    Readiness(Sessions sessions, SessionStore store) {
        this.sessions = sessions;
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        boolean answers = store.isReady();
        return HealthCheckResponse.named("sessions")
                .status(answers && !sessions.isDraining())
                .withData("store", answers)
                .withData("draining", sessions.isDraining())
                .build();
    }
}
