package dev.vethlab.web;

import dev.vethlab.session.AddressQuota;
import dev.vethlab.session.LimitReachedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Whether somebody may make another session. */
@ApplicationScoped
public class Creation {
    private static final int WRONG_CODES = 30;

    private final AddressQuota quota;
    private final AddressQuota wrongCodes;

    Creation(Settings settings) {
        quota = new AddressQuota("sessions-per-address", "sessions may be made",
                settings.limits().sessionsPerAddress(), settings.limits().sessionsPerAddressWithin(), System::nanoTime);
        wrongCodes = new AddressQuota("wrong-codes", "wrong codes may be tried", WRONG_CODES, settings.limits().sessionsPerAddressWithin(),
                System::nanoTime);
    }

    /**
     * Counts a session that somebody makes. The machine itself may make any number; behind a proxy, {@code
     * quarkus.http.proxy.proxy-address-forwarding} tells who asks.
     *
     * @throws LimitReachedException if it is one too many
     */
    public void count(HttpServerRequest request) {
        count(request, quota);
    }

    /**
     * Counts somebody who tried a join code that there is not.
     *
     * @throws LimitReachedException if it is one too many
     */
    public void countWrongCode(HttpServerRequest request) {
        count(request, wrongCodes);
    }

    private static void count(HttpServerRequest request, AddressQuota quota) {
        String host = request.remoteAddress().host();
        if (!isLoopback(host)) {
            quota.take(host);
        }
    }

    private static boolean isLoopback(String host) {
        InetAddress address = new InetSocketAddress(host, 0).getAddress();
        return address != null && address.isLoopbackAddress();
    }
}
