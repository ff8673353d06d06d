package dev.vethlab.web.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SessionResourceTest {
    private static final String SESSIONS = "/api/v1/sessions";
    private static final String NOBODY = "00000000000000000000000000000000";

    // ---- making ----

    @Test
    void aSessionIsMadeWithoutSayingAnything() {
        given().post(SESSIONS)
                .then()
                .statusCode(201)
                .header("Location", containsString(SESSIONS + "/"))
                .body("id", matchesPattern("[0-9a-f]{32}"))
                .body("owner", matchesPattern("[0-9a-f]{32}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab", "net", "bare"})
    void everyWorldBoots(String world) {
        create(Map.of("world", world)).statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"world":"moon"}                  | world   | moon
            {"world":7.5,"seed":[]}           | seed    | type
            {"seed":"a"}                      | seed    | type
            {"dockerd":"--no-such-flag"}      | dockerd | --no-such-flag
            {"dockerd":                       | body    | JSON
            [1]                               | body    | JSON
            """)
    void whatIsWrongIsNamed(String body, String field, String said) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post(SESSIONS)
                .then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("status", equalTo(400))
                .body("errors[0].field", equalTo(field))
                .body("detail", containsString(said));
    }

    // ---- typing ----

    @Test
    void aCommandAnswersWithItsOutputAndExitCode() {
        String session = session("bare");
        exec(session, "host", "echo one; echo two >&2; false")
                .statusCode(200)
                .body("output", equalTo("one\ntwo\n")).body("exitCode", equalTo(1));
    }

    @Test
    void linesOfTheOutputEndInALineFeed() {
        exec(session("bare"), "host", "printf 'one\\r\\ntwo\\rthree'").body("output", equalTo("one\ntwo\nthree"));
    }

    @Test
    void aNodesShellRemembers() {
        String session = session("net");
        exec(session, "host", "place=here; cd /tmp").body("exitCode", equalTo(0));
        exec(session, "host", "echo $place $PWD").body("output", equalTo("here /tmp\n"));
        exec(session, "client", "echo $place.").body("output", equalTo(".\n"));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        exec(NOBODY, "host", "true").statusCode(404).contentType(Problem.MEDIA_TYPE).body("title", equalTo("Not Found"));
        exec(session("bare"), "moon", "true").statusCode(404).contentType(Problem.MEDIA_TYPE).body("detail", containsString("moon"));
        exec(session("bare"), "client", "true").statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"command":"true"}            | node
            {"node":"host"}               | command
            {"node":"host","command":[]}  | command
            {"node":{},"command":"true"}  | node
            "text"                        | body
            {                             | body
            """)
    void aBadBodyIsNamedByItsField(String body, String field) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post(SESSIONS + "/" + session("bare") + "/exec")
                .then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("errors.field", contains(field));
    }

    @Test
    void aCommandMayHave64KiB() {
        String session = session("bare");
        exec(session, "host", "#" + "x".repeat((64 << 10) - 1)).statusCode(200);
        exec(session, "host", "#" + "x".repeat(64 << 10)).statusCode(413).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void aCommandThatDoesNotEndAnswersAfterTenVirtualMinutes() {
        String session = session("bare");
        exec(session, "host", "sleep 100000").body("exitCode", equalTo(124));
        exec(session, "host", "echo still here").body("output", equalTo("still here\n"));
    }

    // ---- looking ----

    @Test
    void theTopologyIsThere() {
        given().get(SESSIONS + "/" + session("net") + "/topology")
                .then()
                .statusCode(200)
                .body("machines.name", hasItem("router"))
                .body("cables", not(empty()));
    }

    @Test
    void packetsAreReadPageByPage() {
        String session = session("net");
        exec(session, "client", "ping -c 1 192.168.1.10").body("exitCode", equalTo(0));
        JsonPath first = given().get(SESSIONS + "/" + session + "/packets").then().statusCode(200).extract().jsonPath();
        assertThat(first.getList("events.stage")).contains("DEVICE_RX", "ROUTING", "DEVICE_TX");
        given().queryParam("after", first.getLong("next"))
                .get(SESSIONS + "/" + session + "/packets")
                .then()
                .body("events", empty());
        given().queryParam("after", -1)
                .get(SESSIONS + "/" + session + "/packets")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("after"));
    }

    @Test
    void packetsComeAsACaptureFile() {
        String session = session("net");
        exec(session, "client", "ping -c 1 192.168.1.10");
        byte[] all = capture(session, Map.of());
        byte[] one = capture(session, Map.of("node", "client", "device", "eth0"));
        byte[] none = capture(session, Map.of("node", "nobody"));
        assertThat(all).startsWith(0x0A, 0x0D, 0x0D, 0x0A).hasSizeGreaterThan(one.length);
        assertThat(one).hasSizeGreaterThan(none.length);
        assertThat(none).hasSize(28);
    }

    private static byte[] capture(String session, Map<String, String> filter) {
        return given().queryParams(filter)
                .get(SESSIONS + "/" + session + "/capture.pcapng")
                .then()
                .statusCode(200)
                .contentType("application/x-pcapng")
                .extract()
                .asByteArray();
    }

    // ---- sharing, forgetting ----

    @Test
    void aShareIsAMomentThatOthersGoOnFromByThemselves() {
        String session = session("bare");
        exec(session, "host", "x=shared");
        String page = given().post(SESSIONS + "/" + session + "/shares").then().statusCode(201).extract().path("url");
        exec(session, "host", "x=later");
        String opened = given().redirects().follow(false).get(page).then().statusCode(303).extract().header("Location");
        String fork = opened.substring(opened.lastIndexOf('/') + 1);
        assertThat(fork).isNotEqualTo(session);
        exec(fork, "host", "echo $x; x=forked").body("output", equalTo("shared\n"));
        exec(session, "host", "echo $x").body("output", equalTo("later\n"));
    }

    @Test
    void aDeletedSessionIsGone() {
        String session = session("bare");
        given().delete(SESSIONS + "/" + session).then().statusCode(204);
        exec(session, "host", "true").statusCode(404);
        given().delete(SESSIONS + "/" + session).then().statusCode(404).contentType(Problem.MEDIA_TYPE);
    }

    // ---- the framework's own errors ----

    @Test
    void everyErrorIsAProblem() {
        given().get("/api/v1/nothing").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
        given().put(SESSIONS).then().statusCode(405).contentType(Problem.MEDIA_TYPE);
        given().contentType(ContentType.TEXT)
                .body("x")
                .post(SESSIONS + "/" + NOBODY + "/exec")
                .then()
                .statusCode(415)
                .contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void metricsCountWhatHappened() {
        String session = session("net");
        exec(session, "host", "sysctl -qw net.ipv4.ip_forward=1");
        exec(session, "client", "ping -c 1 198.51.100.80").body("exitCode", equalTo(0));
        String metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertThat(metrics)
                .containsPattern("vethlab_packets_forwarded_total [1-9]")
                .containsPattern("vethlab_packets_nat_total\\{kind=\"MASQUERADE\"} [1-9]")
                .containsPattern("vethlab_commands_total\\{program=\"ping\"} [1-9]")
                .containsPattern("vethlab_sessions_running [1-9]")
                .doesNotContainPattern("vethlab_commands_total\\{program=\"(?!other)[^\"]*\"} 0");
    }

    @Test
    void theInterfaceDescribesItself() {
        given().get("/q/openapi").then().statusCode(200).body(containsString("/api/v1/sessions/{id}/exec"));
        given().get("/q/health").then().statusCode(200).body("status", equalTo("UP"));
    }

    private static String session(String world) {
        return create(Map.of("world", world, "seed", 1)).statusCode(201).extract().path("id");
    }

    private static ValidatableResponse create(Object request) {
        return given().contentType(ContentType.JSON).body(request).post(SESSIONS).then();
    }

    private static ValidatableResponse exec(String session, String node, String command) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("node", node, "command", command))
                .post(SESSIONS + "/" + session + "/exec")
                .then();
    }
}
