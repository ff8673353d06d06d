package dev.vethlab.web.socket;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SessionSocketTest {
    private static final String HELLO = "{\"v\":1,\"type\":\"hello\"}";
    private static final String OPEN = "{\"v\":1,\"type\":\"open\",\"terminal\":\"c\",\"node\":\"client\",\"cols\":80,\"rows\":24}";

    @TestHTTPResource("/")
    URI server;

    @Test
    void helloIsAnsweredByAWelcomeAndTheStructure() {
        try (SocketClient client = SocketClient.connect(server, session())) {
            client.send(HELLO);
            JsonNode welcome = client.next("welcome");
            assertThat(welcome.get("world").asText()).isEqualTo("net");
            assertThat(welcome.get("role").asText()).isEqualTo("participant");
            assertThat(welcome.get("resumed").asBoolean()).isFalse();
            assertThat(welcome.get("nodes")).extracting(JsonNode::asText).containsExactlyInAnyOrder("client", "host", "router", "internet");
            assertThat(client.next("topology").at("/topology/machines")).hasSize(4);
        }
    }

    /** A socket that is upgraded on another thread than reads it loses what comes at once, if that thread has to wait for its turn. */
    @Test
    void helloIsHeardHoweverSoonItComesAndHoweverMuchElseThereIsToDo() {
        HttpClient browsers = HttpClient.newHttpClient();
        try (ExecutorService people = Executors.newFixedThreadPool(4)) {
            List<CompletableFuture<String>> first = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                first.add(CompletableFuture.supplyAsync(SessionSocketTest::lab, people).thenCompose(session -> hello(browsers, session)));
            }
            assertThat(first).allSatisfy(message -> assertThat(message.join()).contains("welcome"));
        } finally {
            browsers.shutdownNow();
        }
    }

    /** The first message that comes back. */
    private CompletableFuture<String> hello(HttpClient browser, String session) {
        var first = new CompletableFuture<String>();
        URI address = URI.create("ws://" + server.getAuthority() + "/ws/v1/sessions/" + session);
        browser.newWebSocketBuilder().buildAsync(address, new WebSocket.Listener() {
            @Override
            public void onOpen(WebSocket socket) {
                socket.sendText(HELLO, true);
                socket.request(1);
            }

            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                first.complete(text.toString());
                socket.abort();
                return null;
            }
        });
        return first.orTimeout(1, TimeUnit.MINUTES);
    }

    @Test
    void whoMadeTheSessionOwnsIt() {
        Response made = given().post("/api/v1/sessions");
        String session = made.path("id");
        String cookie = "owner-" + session + "=" + made.getCookie("owner-" + session);
        try (SocketClient client = SocketClient.connect(server, session, "other=1; " + cookie)) {
            client.send(HELLO);
            assertThat(client.next("welcome").get("role").asText()).isEqualTo("owner");
        }
    }

    @Test
    void aLineIsEchoedAnsweredAndFollowedByAPrompt() {
        try (SocketClient client = SocketClient.connect(server, session())) {
            client.send(HELLO);
            client.send(OPEN);
            assertThat(client.next("prompt").get("prompt").asText()).isEqualTo("root@client:~# ");
            client.send(line("ping -c 1 192.168.1.10"));
            List<JsonNode> messages = client.until("prompt");
            assertThat(messages).extracting(message -> message.get("type").asText()).contains("echo", "events", "output");
            assertThat(messages).filteredOn(message -> message.get("type").asText().equals("echo"))
                    .singleElement()
                    .satisfies(echo -> assertThat(echo.get("line").asText()).isEqualTo("l1"));
            assertThat(messages.toString()).contains("1 packets transmitted, 1 received", "DEVICE_RX");
        }
    }

    @Test
    void completionAndJourneysAreAnswered() {
        try (SocketClient client = SocketClient.connect(server, session())) {
            client.send(HELLO);
            client.send(OPEN);
            client.next("prompt");
            client.send(line("ping -c 1 192.168.1.10"));
            long packet = client.next("events").at("/events/0/packet").asLong();
            client.next("prompt");
            client.send("{\"v\":1,\"type\":\"journey\",\"packet\":" + packet + "}");
            assertThat(client.next("journey").get("events")).isNotEmpty().allMatch(event -> event.get("packet").asLong() == packet);
            client.send("{\"v\":1,\"type\":\"complete\",\"terminal\":\"c\",\"request\":3,\"text\":\"pin\",\"cursor\":3}");
            JsonNode completions = client.next("completions");
            assertThat(completions.get("request").asInt()).isEqualTo(3);
            assertThat(completions.get("from").asInt()).isZero();
            assertThat(completions.get("candidates")).extracting(JsonNode::asText).contains("ping");
        }
    }

    @Test
    void steppingHoldsTheEmulationItself() {
        try (SocketClient client = SocketClient.connect(server, session())) {
            client.send(HELLO);
            client.send(OPEN);
            client.next("prompt");
            client.send("{\"v\":1,\"type\":\"pace\",\"pace\":\"step\"}");
            client.next("clock");
            client.send(line("ping -c 1 192.168.1.10"));
            client.next("echo");
            int stages = 0;
            while (stages < 5) {
                client.send("{\"v\":1,\"type\":\"step\",\"by\":\"stage\"}");
                JsonNode events = client.next("events").get("events");
                assertThat(events).hasSize(1);
                stages++;
            }
            client.send("{\"v\":1,\"type\":\"pace\",\"pace\":\"fast\"}");
            client.next("prompt");
        }
    }

    @Test
    void whoComesBackMissesNothingAndGetsNothingTwice() {
        String session = session();
        long last;
        try (SocketClient client = SocketClient.connect(server, session)) {
            client.send(HELLO);
            client.send(OPEN);
            last = client.next("prompt").get("seq").asLong();
        }
        try (SocketClient other = SocketClient.connect(server, session)) {
            other.send(HELLO);
            other.next("welcome");
            other.send(line("echo meanwhile"));
            other.next("output");
        }
        try (SocketClient client = SocketClient.connect(server, session)) {
            client.send("{\"v\":1,\"type\":\"hello\",\"resumeAfter\":" + last + "}");
            JsonNode welcome = client.next("welcome");
            assertThat(welcome.get("resumed").asBoolean()).isTrue();
            assertThat(welcome.get("terminals").toString()).contains("\"c\"");
            List<JsonNode> messages = client.until("output");
            assertThat(messages.getFirst().get("seq").asLong()).isEqualTo(last + 1);
            assertThat(messages.getLast().get("data").asText()).isEqualTo("meanwhile\r\n");
        }
    }

    @Test
    void whoDoesNotReadHoldsUpNobodyAndIsToldHowMuchWasMissed() {
        String session = session();
        try (SocketClient client = SocketClient.connect(server, session)) {
            client.send(HELLO);
            client.next("topology");
            client.send(OPEN);
            client.next("prompt");
            client.stopReading();
            given().contentType(ContentType.JSON).body("{\"node\":\"client\",\"command\":\"ping -q -i 0.01 -c 4000 192.168.1.10; echo ended\"}")
                    .post("/api/v1/sessions/" + session + "/exec").then().statusCode(200).body("output", containsString("ended"));
            client.send(line("echo still here"));
            client.readOn();
            long known = 0;
            long missed = 0;
            boolean first = true;
            for (JsonNode message : client.until("output")) {
                assertThat(message.get("type").asText()).isNotEqualTo("welcome");
                long dropped = message.path("dropped").asLong();
                for (JsonNode event : message.path("events")) {
                    long sequence = event.get("sequence").asLong();
                    assertThat(sequence).isEqualTo(first ? sequence : known + dropped + 1);
                    first = false;
                    dropped = 0;
                    known = sequence;
                }
                missed += message.path("dropped").asLong();
            }
            assertThat(missed).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nonsense                                                                              | bad-message
            {"v":1,"type":"dance"}                                                                | bad-message
            {"v":2,"type":"eof","terminal":"c"}                                                   | bad-message
            {"v":1,"type":"open","terminal":"UPPER","node":"host","cols":80,"rows":24}            | bad-message
            {"v":1,"type":"open","terminal":"x","node":"host","cols":0,"rows":24}                 | bad-message
            {"v":1,"type":"line","terminal":"x"}                                                  | bad-message
            {"v":1,"type":"open","terminal":"x","node":"moon","cols":80,"rows":24}                | unknown-node
            {"v":1,"type":"line","terminal":"x","line":"1","text":"true"}                         | unknown-terminal
            """)
    void whatCannotBeIsRefused(String message, String code) {
        try (SocketClient client = SocketClient.connect(server, session())) {
            client.send(HELLO);
            client.next("topology");
            client.sendAnything(message);
            assertThat(client.next("error").get("code").asText()).isEqualTo(code);
        }
    }

    @Test
    void whatIsSentAgainIsTakenOnceAndBothTimesSaidToBe() {
        String session = session();
        String typed = "{\"v\":1,\"type\":\"line\",\"id\":\"a-1\",\"terminal\":\"c\",\"line\":\"l1\",\"text\":\"echo $((++n))\"}";
        for (int i = 0; i < 2; i++) {
            try (SocketClient client = SocketClient.connect(server, session)) {
                client.send(HELLO);
                client.send(OPEN);
                client.send(typed);
                assertThat(client.next("taken").get("id").asText()).isEqualTo("a-1");
            }
        }
        try (SocketClient client = SocketClient.connect(server, session)) {
            client.send(HELLO);
            client.send(line("echo n is $n"));
            String shown = "";
            while (!shown.contains("n is")) {
                shown = client.next("output").get("data").asText();
            }
            assertThat(shown).isEqualTo("n is 1\r\n");
        }
    }

    @Test
    void aViewerMayLookAndIsPutOutWhenTheLinkIsRevoked() {
        Response made = given().post("/api/v1/sessions");
        String session = made.path("id");
        String proof = "Bearer " + made.path("owner");
        String viewer = given().header("Authorization", proof).contentType(ContentType.JSON).body("{\"role\":\"viewer\"}")
                .post("/api/v1/sessions/" + session + "/invitations").path("id");
        try (SocketClient client = SocketClient.connect(server, viewer)) {
            client.send(HELLO);
            JsonNode welcome = client.next("welcome");
            assertThat(welcome.get("role").asText()).isEqualTo("viewer");
            assertThat(welcome.get("session").asText()).as("not the session's own id").isEqualTo(viewer);
            client.send(OPEN);
            assertThat(client.next("error").get("code").asText()).isEqualTo("forbidden");
            client.send("{\"v\":1,\"type\":\"pace\",\"pace\":\"step\"}");
            assertThat(client.next("error").get("code").asText()).isEqualTo("forbidden");
            client.send("{\"v\":1,\"type\":\"resize\",\"terminal\":\"c\",\"cols\":80,\"rows\":24}");
            client.send("{\"v\":1,\"type\":\"journey\",\"packet\":1}");
            assertThat(client.until("journey")).as("no word about a window's size").noneMatch(message -> message.has("code"));
            given().header("Authorization", proof).delete("/api/v1/sessions/" + session + "/links/" + viewer).then().statusCode(204);
            assertThat(client.closeCode()).isEqualTo(4403);
        }
        assertThatThrownBy(() -> SocketClient.connect(server, viewer)).hasStackTraceContaining("404");
    }

    @Test
    void aSocketIsOfASessionThatThereIs() {
        assertThatThrownBy(() -> SocketClient.connect(server, "0123")).hasStackTraceContaining("404");
    }

    @Test
    void theRestInterfaceSpeaksTheSameSchema() throws Exception {
        String session = session();
        given().contentType(ContentType.JSON)
                .body("{\"node\":\"client\",\"command\":\"ping -c 1 198.51.100.80\"}")
                .post("/api/v1/sessions/" + session + "/exec");
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        JsonNode topology = json.readTree(given().get("/api/v1/sessions/" + session + "/topology").asString());
        JsonNode packets = json.readTree(given().get("/api/v1/sessions/" + session + "/packets").asString());
        assertThat(SocketClient.schema("Topology").validate(topology)).isEmpty();
        assertThat(SocketClient.schema("Packets").validate(packets)).isEmpty();
        JsonNode netfilter = json.readTree(given().queryParam("machine", "router").get("/api/v1/sessions/" + session + "/netfilter").asString());
        assertThat(SocketClient.schema("Netfilter").validate(netfilter)).isEmpty();
    }

    private static String lab() {
        return given().contentType(ContentType.JSON).body("{\"world\":\"lab\"}").post("/api/v1/sessions").path("id");
    }

    private static String session() {
        return given().contentType(ContentType.JSON).body("{\"world\":\"net\"}").post("/api/v1/sessions").path("id");
    }

    private static String line(String text) {
        return "{\"v\":1,\"type\":\"line\",\"terminal\":\"c\",\"line\":\"l1\",\"text\":\"" + text + "\"}";
    }
}
