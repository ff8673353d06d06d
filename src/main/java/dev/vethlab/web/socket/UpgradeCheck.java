package dev.vethlab.web.socket;

import dev.vethlab.session.Links;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.session.StoreException;
import dev.vethlab.web.Forwarding;
import dev.vethlab.web.SameOrigin;
import dev.vethlab.web.Settings;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.OpenConnections;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets only pages of this very server open a socket, and only of sessions that there are. */
@ApplicationScoped
class UpgradeCheck implements HttpUpgradeCheck {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    /** For a connection that ended meanwhile: its request cannot be upgraded any more, and there is nobody to tell. */
    private static final Uni<CheckResult> NOBODY = Uni.createFrom().nothing();

    private static final String PLACE = "/ws/v1/sessions/";

    private final Links links;
    private final OpenConnections connections;
    private final SessionObserver observer;
    private final int most;

    UpgradeCheck(Links links, OpenConnections connections, SessionObserver observer, Settings settings) {
        this.links = links;
        this.connections = connections;
        this.observer = observer;
        most = settings.limits().sockets();
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return endpointId.equals(SessionSocket.class.getName());
    }

    /**
     * Where the connection's bytes are read: upgraded on another thread, its first message could come before there is somebody who hears
     * it, and be lost.
     */
    private static Executor backOn(Context connection) {
        return work -> connection.runOnContext(nothing -> work.run());
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        var request = context.httpRequest();
        if (!Forwarding.isForwarded(request) && !SameOrigin.is(request)) {
            return CheckResult.rejectUpgrade(FORBIDDEN);
        }
        String path = request.path();
        if (connections.stream().count() >= most) {
            observer.limited("sockets", 1);
            return CheckResult.rejectUpgrade(UNAVAILABLE);
        }
        AtomicBoolean gone = new AtomicBoolean();
        request.exceptionHandler(failure -> gone.set(true));
        return Uni.createFrom()
                .item(() -> links.way(path.substring(PLACE.length())).isPresent())
                .runSubscriptionOn(Thread::startVirtualThread)
                .emitOn(backOn(Vertx.currentContext()))
                .flatMap(known -> gone.get() ? NOBODY : known ? CheckResult.permitUpgrade() : CheckResult.rejectUpgrade(NOT_FOUND))
                .onFailure(StoreException.class)
                .recoverWithUni(() -> CheckResult.rejectUpgrade(UNAVAILABLE));
    }
}
