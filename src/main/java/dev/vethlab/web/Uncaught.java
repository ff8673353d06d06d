package dev.vethlab.web;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;

/** What no handler of Vert.x took: for the log, as a defect, and without the words that somebody may have typed. */
@Singleton
class Uncaught {
    /** From the promise up to {@code Http1xServerConnection.createWebSocket}. */
    private static final int DEPTH = 6;

    private static final String VERTX_HTTP = HttpServer.class.getPackageName() + ".";

    void report(@Observes StartupEvent start, Vertx vertx) {
        vertx.exceptionHandler(failure -> {
            if (!isOfDepartedSocket(failure)) {
                Log.error("uncaught in an event loop", new Wordless(failure));
            }
        });
    }

    /**
     * A connection that ends while its upgrade waits for the end of the request: Vert.x (4.5, {@code Http1xServerRequest.webSocket}) fails
     * the socket's promise, goes on with the request, and stumbles over its own promise when it completes it. The place in the stack is all
     * there is to know it by: the exception is what any promise throws that is completed twice, the connection is not told to this handler,
     * and between the two steps nobody else has a turn. Should the place be called otherwise one day, {@code ResetSocketTest} says so.
     */
    private static boolean isOfDepartedSocket(Throwable failure) {
        return failure instanceof IllegalStateException
                && Arrays.stream(failure.getStackTrace())
                        .limit(DEPTH)
                        .anyMatch(frame -> frame.getClassName().startsWith(VERTX_HTTP) && frame.getMethodName().equals("createWebSocket"));
    }
}
