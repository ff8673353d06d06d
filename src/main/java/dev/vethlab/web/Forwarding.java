package dev.vethlab.web;

import dev.vethlab.session.Leases;
import dev.vethlab.session.Links;
import dev.vethlab.session.StoreException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.HttpProxy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hands what is for a session to the replica that drives it, so that any replica may be asked. What was handed over once is not handed on:
 * if the session has moved meanwhile, whoever asked asks again.
 */
@ApplicationScoped
public class Forwarding {
    private static final Pattern OF_A_SESSION = Pattern.compile("/(?:api|ws)/v1/sessions/([A-Za-z0-9_-]+)(?:/.*)?");
    private static final String FORWARDED = "X-Vethlab-Forwarded";
    private static final int PRIORITY = 1000;
    private static final int FORBIDDEN = 403;

    private final Links links;
    private final Leases leases;
    private final HttpClient client;
    private final Map<String, HttpProxy> proxies = new ConcurrentHashMap<>();

    Forwarding(Links links, Leases leases, Vertx vertx) {
        this.links = links;
        this.leases = leases;
        client = vertx.createHttpClient();
    }

    void register(@Observes Filters filters) {
        if (leases != Leases.ALONE) {
            filters.register(this::route, PRIORITY);
        }
    }

    /** Whether another replica has let this request in: no page can claim that, for no page can send this header with a socket. */
    public static boolean isForwarded(HttpServerRequest request) {
        return request.getHeader(FORWARDED) != null;
    }

    private void route(RoutingContext context) {
        HttpServerRequest request = context.request();
        Matcher path = OF_A_SESSION.matcher(request.path());
        if (!path.matches() || isForwarded(request)) {
            context.next();
            return;
        }
        if (request.path().startsWith("/ws/") && !SameOrigin.is(request)) {
            context.fail(FORBIDDEN);
            return;
        }
        // its body stays where it is meanwhile: Quarkus lets a request flow only when somebody reads it
        var here = context.vertx().getOrCreateContext();
        Thread.startVirtualThread(() -> {
            Optional<String> other = holder(path.group(1));
            here.runOnContext(then -> other.ifPresentOrElse(address -> handOver(request, address), context::next));
        });
    }

    /** Without the store, nobody can say; the request itself will tell so. */
    private Optional<String> holder(String address) {
        try {
            return links.way(address).flatMap(way -> leases.holder(way.session()));
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    private void handOver(HttpServerRequest request, String address) {
        request.headers().set(FORWARDED, "1");
        proxies.computeIfAbsent(address, this::proxy).handle(request);
    }

    private HttpProxy proxy(String address) {
        int colon = address.lastIndexOf(':');
        return HttpProxy.reverseProxy(client)
                .origin(SocketAddress.inetSocketAddress(Integer.parseInt(address.substring(colon + 1)), address.substring(0, colon)));
    }
}
