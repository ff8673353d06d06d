package dev.vethlab.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A server with tight limits, behind a proxy. */
@QuarkusTest
@TestProfile(LimitedServerTest.Tight.class)
class LimitedServerTest {
    /** What is configured for it. */
    public static final class Tight implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("vethlab.limits.sockets", "1", "vethlab.limits.sessions-per-address", "2", "vethlab.data-dir", "target/test-data-tight",
                    "quarkus.http.proxy.proxy-address-forwarding", "true");
        }
    }

    @TestHTTPResource("/")
    URI server;

    @Test
    void anAddressMayMakeSoManySessions() {
        create("203.0.113.1").statusCode(201);
        create("203.0.113.1").statusCode(201);
        create("203.0.113.1").statusCode(429).contentType("application/problem+json")
                .body("detail", equalTo("vethlab: from your address 2 sessions may be made in 10 minutes; try again later"));
        create("203.0.113.2").statusCode(201);
        given().header("X-Forwarded-For", "203.0.113.1").get("/new?world=bare").then().statusCode(429).contentType("text/html")
                .body(containsString("from your address 2 sessions may be made"));
        given().header("X-Forwarded-For", "203.0.113.1").get("/embed/nothing").then().statusCode(429).contentType("text/html");
        given().get("/q/metrics").then().body(containsString("vethlab_limits_total{limit=\"sessions-per-address\"} 3.0"));
    }

    @Test
    void anAddressMayTrySoManyWrongCodes() {
        for (int i = 0; i < 30; i++) {
            join("203.0.113.3").statusCode(404);
        }
        join("203.0.113.3").statusCode(429).body("detail", containsString("30 wrong codes may be tried"));
        join("203.0.113.4").statusCode(404);
    }

    @Test
    void aServerHasSoManySockets() {
        String session = create("203.0.113.5").extract().path("id");
        WebSocket first = open(session);
        assertThatThrownBy(() -> open(session)).isInstanceOf(CompletionException.class).cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, e -> assertThat(e.getResponse().statusCode()).isEqualTo(503));
        first.abort();
    }

    private WebSocket open(String session) {
        return HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + server.getAuthority() + "/ws/v1/sessions/" + session), new WebSocket.Listener() {})
                .join();
    }

    private static ValidatableResponse create(String address) {
        return given().header("X-Forwarded-For", address).contentType(ContentType.JSON).body("{\"world\":\"bare\"}").post("/api/v1/sessions")
                .then();
    }

    private static ValidatableResponse join(String address) {
        return given().header("X-Forwarded-For", address).contentType(ContentType.JSON).body("{\"code\":\"NOSUCH\",\"name\":\"Ada\"}")
                .post("/api/v1/workshops/join").then();
    }
}
