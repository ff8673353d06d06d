package dev.vethlab.web.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An organiser and participants, over HTTP. */
@QuarkusTest
class WorkshopResourceTest {
    private static final String WORKSHOPS = "/api/v1/workshops";

    @Test
    void fromTheFirstSeatToTheOutcome() throws Exception {
        Response made = post(WORKSHOPS, Map.of("world", "bare", "seats", 2, "minutes", 30));
        made.then().statusCode(201).header("Location", matchesPattern(".*" + WORKSHOPS + "/[0-9a-f]{32}"))
                .body("code", matchesPattern("[2-9A-HJ-NP-Z]{7}"), "open", equalTo(true), "taken", equalTo(0), "title", equalTo("Bare host"));
        String id = made.path("id");
        String code = made.path("code");

        try (Stream<JsonNode> events = events(id)) {
            Iterator<JsonNode> looks = events.iterator();
            assertThat(await(looks, look -> look.has("workshop")).at("/workshop/taken").asInt()).isZero();

            String ada = join(code, "Ada").statusCode(201).cookie("seat-" + code).extract().path("url");
            JsonNode joined = await(looks, look -> look.at("/seats/0/name").asText().equals("Ada"));
            assertThat(joined.at("/seats/0/commands").asInt()).isZero();
            type(ada, "cat /nowhere").body("exitCode", equalTo(1));
            JsonNode row = await(looks, look -> look.at("/seats/0/commands").asInt() == 1).at("/seats/0");
            assertThat(row.path("command").asText()).isEqualTo("cat /nowhere");
            assertThat(row.path("status").asInt()).isEqualTo(1);
            assertThat(row.path("said").asText()).isEqualTo("cat: /nowhere: No such file or directory");

            String seat = row.path("id").asText();
            String watching = post(WORKSHOPS + "/" + id + "/seats/" + seat + "/visit", Map.of("role", "viewer")).then().statusCode(200)
                    .extract().path("url");
            type(watching, "true", 403);
            given().redirects().follow(false).get("/workshops/" + id + "/seats/" + seat + "/watch").then().statusCode(303)
                    .header("Location", endsWith(watching));

            given().post(WORKSHOPS + "/" + id + "/seats/" + seat + "/reset").then().statusCode(200).body("commands", equalTo(0));
            type(ada, "echo fresh").body("output", equalTo("fresh\n"));

            String stage = given().post(WORKSHOPS + "/" + id + "/show").then().statusCode(200).extract().path("url");
            assertThat(await(looks, look -> look.at("/workshop/showing").asBoolean()).at("/workshop/stage").asText()).isEqualTo(stage);
            given().delete(WORKSHOPS + "/" + id + "/show").then().statusCode(204);

            given().post(WORKSHOPS + "/" + id + "/close").then().statusCode(200).body("open", equalTo(false));
            await(looks, look -> look.has("workshop") && !look.at("/workshop/open").asBoolean());
            join(code, "Bob").statusCode(409).contentType(Problem.MEDIA_TYPE).body("detail", equalTo("This workshop is over."));
            type(ada, "true", 403);
        }
    }

    private static JsonNode await(Iterator<JsonNode> looks, Predicate<JsonNode> wanted) {
        JsonNode look = looks.next();
        while (!wanted.test(look)) {
            look = looks.next();
        }
        return look;
    }

    private static Stream<JsonNode> events(String id) throws Exception {
        URI uri = URI.create("http://localhost:" + RestAssured.port + WORKSHOPS + "/" + id + "/events");
        var json = new ObjectMapper();
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).header("Accept", "text/event-stream").build(), HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("data:"))
                .map(line -> {
                    try {
                        return json.readTree(line.substring("data:".length()));
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
    }

    @Test
    void aNameIsTakenOnceAndItsCookieIsTheSeat() {
        String code = post(WORKSHOPS, Map.of("world", "bare", "seats", 2)).path("code");
        ValidatableResponse first = join(code, "Ada").statusCode(201);
        String cookie = first.extract().cookie("seat-" + code);
        join(code, "ada").statusCode(409).body("detail", startsWith("Somebody in this workshop is called ada already."));
        given().cookie("seat-" + code, cookie).contentType(ContentType.JSON).body(Map.of("code", code, "name", "Ada")).post(WORKSHOPS + "/join")
                .then().statusCode(201).body("url", equalTo(first.extract().path("url")));
        join(code, "Bob").statusCode(201);
        join(code, "Eve").statusCode(429).body("detail", equalTo("vethlab: this workshop has 2 seats, and all are taken"));
    }

    @Test
    void aLessonIsEverySeats() {
        Response made = post(WORKSHOPS, Map.of("lesson", "03-publish-a-port", "seats", 5));
        String url = join(made.path("code"), "Ada").extract().path("url");
        given().get("/api/v1/sessions" + url.substring("/s".length()) + "/progress").then().statusCode(200).body("lesson", equalTo("03-publish-a-port"));
        given().get(url + "/lesson").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"seats":201}                   | seats   | a workshop may have 200 seats
            {"seats":0}                     | seats   | must be greater
            {"minutes":4}                   | minutes | must be greater
            {"minutes":10081}               | minutes | must be less
            {"lesson":"no-such"}            | lesson  | there is no lesson no-such
            {"world":"moon"}                | world   | there is no world moon
            {"world":"lab","lesson":"03-publish-a-port"} | world | the lesson's to say
            """)
    void whatCannotBeIsSaid(String body, String field, String said) {
        given().contentType(ContentType.JSON).body(body).post(WORKSHOPS).then().statusCode(400).contentType(Problem.MEDIA_TYPE)
                .body("errors[0].field", equalTo(field), "errors[0].message", containsString(said));
    }

    @Test
    void namesAndCodesAreChecked() {
        String code = post(WORKSHOPS, Map.of("world", "bare")).path("code");
        join(code, "\u202E").statusCode(400).body("errors[0].field", equalTo("name"));
        join("NOSUCH1", "Ada").statusCode(404).body("detail", equalTo("There is no workshop with this code."));
        given().get(WORKSHOPS + "/" + "0".repeat(32)).then().statusCode(404).contentType(Problem.MEDIA_TYPE);
        given().get(WORKSHOPS + "/" + "0".repeat(32) + "/events").then().statusCode(404);
    }

    @Test
    void onlyPagesOfThisServerAsk() {
        given().header("Origin", "http://evil.example").contentType(ContentType.JSON).body("{}").post(WORKSHOPS).then().statusCode(403)
                .contentType(Problem.MEDIA_TYPE);
        given().header("Origin", "http://evil.example").formParam("code", "X").formParam("name", "Y").post("/join").then().statusCode(403);
        given().header("Origin", "http://evil.example").formParam("begin", "world:lab").post("/workshops/new").then().statusCode(403);
    }

    @Test
    void theFormsWorkWithoutAScript() {
        given().formParam("begin", "world:bare").formParam("seats", "many").formParam("minutes", "60").post("/workshops/new").then()
                .statusCode(400).contentType("text/html").body(containsString("Seats: a whole number from 1 to 200."));
        String page = given().redirects().follow(false).formParam("begin", "world:bare").formParam("seats", "3").formParam("minutes", "60")
                .post("/workshops/new").then().statusCode(303).extract().header("Location");
        String id = page.substring(page.lastIndexOf('/') + 1);
        given().get(page).then().statusCode(200).body(containsString("data-workshop=\"" + id + "\""));
        String code = given().get(WORKSHOPS + "/" + id).path("workshop.code");
        given().get("/w/" + code).then().statusCode(200).body(containsString("value=\"" + code + "\""));
        given().redirects().follow(false).formParam("code", code).formParam("name", "<script>x</script>").post("/join").then().statusCode(303);
        given().redirects().follow(false).formParam("code", code.toLowerCase()).formParam("name", "<i>Ada</i>").post("/join").then()
                .statusCode(303).header("Location", matchesPattern(".*/s/[A-Za-z0-9_-]{22}")).cookie("seat-" + code);
        given().formParam("code", code).formParam("name", "<i>ada</i>").post("/join").then().statusCode(409)
                .body(containsString("&lt;i&gt;ada&lt;/i&gt;"), not(containsString("<i>ada")));
        given().get(WORKSHOPS + "/" + id).then().body("seats", hasSize(2));
        given().get("/workshops/" + "0".repeat(32)).then().statusCode(404);
    }

    @Test
    void whatIsForgottenIsGone() {
        Response made = post(WORKSHOPS, Map.of("world", "bare"));
        String url = join(made.path("code"), "Ada").extract().path("url");
        given().get(WORKSHOPS + "/" + made.path("id") + "/outcome.csv").then().statusCode(200).contentType("text/csv")
                .header("Content-Disposition", containsString(".csv")).body(containsString("\r\nAda,"));
        given().delete(WORKSHOPS + "/" + made.path("id")).then().statusCode(204);
        given().get(WORKSHOPS + "/" + made.path("id")).then().statusCode(404);
        given().get(url).then().statusCode(404);
    }

    private static Response post(String path, Map<String, ?> body) {
        return given().contentType(ContentType.JSON).body(body).post(path);
    }

    private static ValidatableResponse join(String code, String name) {
        return post(WORKSHOPS + "/join", Map.of("code", code, "name", name)).then();
    }

    private static ValidatableResponse type(String page, String command) {
        return type(page, command, 200);
    }

    private static ValidatableResponse type(String page, String command, int status) {
        return post("/api/v1/sessions" + page.substring("/s".length()) + "/exec", Map.of("node", "host", "command", command)).then()
                .statusCode(status);
    }
}
