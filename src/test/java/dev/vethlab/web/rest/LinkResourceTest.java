package dev.vethlab.web.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class LinkResourceTest {
    private static final String SESSIONS = "/api/v1/sessions/";

    private String session;
    private String owner;

    @BeforeEach
    void make() {
        Response made = given().contentType(ContentType.JSON).body(Map.of("world", "bare")).post("/api/v1/sessions");
        session = made.path("id");
        owner = made.path("owner");
    }

    // ---- out of the session ----

    @Test
    void aShareIsShortAndSaysWhenItEnds() {
        ValidatableResponse made = share(Map.of("from", "moment", "lifetime", "PT2H"));
        made.statusCode(201)
                .header("Location", matchesPattern(".*/share/[A-Za-z0-9_-]{22}"))
                .body("kind", equalTo("moment"))
                .body("url", startsWith("/share/"));
        Instant expires = Instant.parse(made.extract().path("expires"));
        assertThat(expires).isBetween(Instant.now().plusSeconds(7000), Instant.now().plusSeconds(7300));
    }

    @Test
    void aShareDoesNotChangeAndMayBeForgotten() {
        exec(session, "x=shared").body("exitCode", equalTo(0));
        String share = share(Map.of()).extract().path("id");
        exec(session, "x=later");
        exec(opened(share), "echo $x").body("output", equalTo("shared\n"));
        exec(opened(share), "echo $x").body("output", equalTo("shared\n"));
        asOwner().delete(SESSIONS + session + "/links/" + share).then().statusCode(204);
        given().get("/share/" + share).then().statusCode(404);
        asOwner().delete(SESSIONS + session + "/links/" + share).then().statusCode(404).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void aShareFromTheStartBeginsAtTheStart() {
        exec(session, "x=shared");
        String fork = opened(share(Map.of("from", "start")).extract().path("id"));
        exec(fork, "echo [$x]").body("output", equalTo("[]\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shares      | {"from":"middle"}                       | from
            shares      | {"lifetime":"soon"}                     | lifetime
            shares      | {"lifetime":"PT-1H"}                    | lifetime
            invitations | {"role":"owner"}                        | role
            invitations | {}                                      | role
            """)
    void whatIsWrongIsNamed(String kind, String body, String field) {
        asOwner().contentType(ContentType.JSON)
                .body(body)
                .post(SESSIONS + session + "/" + kind)
                .then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("errors.field", contains(field));
    }

    // ---- into the session ----

    @Test
    void aParticipantTypesAViewerLooks() {
        String participant = invite("participant");
        String viewer = invite("viewer");
        exec(participant, "x=theirs").statusCode(200);
        exec(session, "echo $x").body("output", equalTo("theirs\n"));
        given().get(SESSIONS + viewer + "/topology").then().statusCode(200);
        given().get("/s/" + viewer).then().statusCode(200);
        exec(viewer, "true").statusCode(403).contentType(Problem.MEDIA_TYPE);
        given().post(SESSIONS + viewer + "/shares").then().statusCode(403);
    }

    @Test
    void onlyTheOwnerLetsOthersInAndPutsThemOut() {
        String participant = invite("participant");
        for (String address : new String[] {session, participant}) {
            given().contentType(ContentType.JSON).body(Map.of("role", "viewer")).post(SESSIONS + address + "/invitations").then()
                    .statusCode(403).contentType(Problem.MEDIA_TYPE);
            given().get(SESSIONS + address + "/links").then().statusCode(403);
            given().delete(SESSIONS + address + "/links/" + participant).then().statusCode(403);
        }
        given().delete(SESSIONS + participant).then().statusCode(403);
        given().cookie("owner-" + session, owner).get(SESSIONS + session + "/links").then().statusCode(200)
                .body("id", contains(participant)).body("kind", contains("participant"));
    }

    @Test
    void arevokedInvitationLeadsNowhere() {
        String participant = invite("participant");
        asOwner().delete(SESSIONS + session + "/links/" + participant).then().statusCode(204);
        exec(participant, "true").statusCode(404);
        given().get("/s/" + participant).then().statusCode(404);
        asOwner().get(SESSIONS + session + "/links").then().body("", empty());
    }

    @Test
    void invitationsGoWithTheSessionAndSharesStay() {
        String participant = invite("participant");
        String share = share(Map.of()).extract().path("id");
        given().delete(SESSIONS + session).then().statusCode(204);
        exec(participant, "true").statusCode(404);
        given().redirects().follow(false).get("/share/" + share).then().statusCode(303);
    }

    @Test
    void aShareIsNoWayIntoTheSession() {
        String share = share(Map.of()).extract().path("id");
        exec(share, "true").statusCode(404);
        given().get("/share/" + invite("viewer")).then().statusCode(404);
    }

    // ---- sent again ----

    @Test
    void aCommandSentAgainIsTypedOnceAndAnsweredTheSame() {
        for (int i = 0; i < 2; i++) {
            given().header("Idempotency-Key", "k1").contentType(ContentType.JSON)
                    .body(Map.of("node", "host", "command", "echo $((++n))")).post(SESSIONS + session + "/exec").then()
                    .statusCode(200).body("output", equalTo("1\n"));
        }
        exec(session, "echo $n").body("output", equalTo("1\n"));
    }

    private RequestSpecification asOwner() {
        return given().header("Authorization", "Bearer " + owner);
    }

    private ValidatableResponse share(Map<String, String> body) {
        return given().contentType(ContentType.JSON).body(body).post(SESSIONS + session + "/shares").then().statusCode(201);
    }

    private String invite(String role) {
        return asOwner().contentType(ContentType.JSON).body(Map.of("role", role)).post(SESSIONS + session + "/invitations").then()
                .statusCode(201).body("url", startsWith("/s/")).extract().path("id");
    }

    private static String opened(String share) {
        String page = given().redirects().follow(false).get("/share/" + share).then().statusCode(303).extract().header("Location");
        return page.substring(page.lastIndexOf('/') + 1);
    }

    private static ValidatableResponse exec(String session, String command) {
        return given().contentType(ContentType.JSON).body(Map.of("node", "host", "command", command)).post(SESSIONS + session + "/exec")
                .then();
    }
}
