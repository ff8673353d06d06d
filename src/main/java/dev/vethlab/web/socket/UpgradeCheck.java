package dev.vethlab.web.socket;

import dev.vethlab.session.Links;
import dev.vethlab.session.StoreException;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Lets only pages of this very server open a socket, and only of sessions that there are. */
@ApplicationScoped
class UpgradeCheck implements HttpUpgradeCheck {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final String PLACE = "/ws/v1/sessions/";

    private final Links links;

    UpgradeCheck(Links links) {
        this.links = links;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        var request = context.httpRequest();
        String host = request.authority() == null ? "" : request.authority().toString();
        if (!isSameOrigin(request.getHeader("Origin"), host)) {
            return CheckResult.rejectUpgrade(FORBIDDEN);
        }
        String path = request.path();
        if (!path.startsWith(PLACE)) {
            return CheckResult.rejectUpgrade(NOT_FOUND);
        }
        return Uni.createFrom()
                .item(() -> links.way(path.substring(PLACE.length())).isPresent())
                .runSubscriptionOn(Thread::startVirtualThread)
                .flatMap(known -> known ? CheckResult.permitUpgrade() : CheckResult.rejectUpgrade(NOT_FOUND))
                .onFailure(StoreException.class)
                .recoverWithUni(() -> CheckResult.rejectUpgrade(UNAVAILABLE));
    }

    /** Programs send no Origin; a browser always does. */
    static boolean isSameOrigin(@Nullable String origin, String host) {
        if (origin == null) {
            return true;
        }
        try {
            return host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
