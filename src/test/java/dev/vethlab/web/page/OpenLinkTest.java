package dev.vethlab.web.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links that anybody can write: {@code /new?world=net&run=…}. */
@QuarkusTest
class OpenLinkTest {
    @Test
    void aLinkWithoutCommandsOpensALab() {
        opened(given().queryParam("world", "bare").redirects().follow(false).get("/new").then().statusCode(303));
    }

    @Test
    void aLinkWithCommandsAsksFirst() {
        given().queryParam("world", "net")
                .queryParam("run", "echo <script>alert(1)</script>", "client$ ping -c 1 192.168.1.10")
                .get("/new")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("<code>echo &lt;script&gt;alert(1)&lt;/script&gt;</code>"))
                .body(containsString("<code>ping -c 1 192.168.1.10</code>"))
                .body(not(containsString("<script>alert")));
    }

    @Test
    void whatIsConfirmedIsTypedInOrder() {
        String session = opened(confirm("http://localhost", "net", List.of("x=1; sleep 3", "client$ ping -c 1 192.168.1.10",
                "echo $x > /tmp/typed; ip link add end type dummy")).statusCode(303));
        String typed = "";
        while (!typed.contains("1")) {
            given().contentType(ContentType.JSON).body(Map.of("node", "host", "command", "sleep 1")).post("/api/v1/sessions/" + session
                    + "/exec");
            typed = given().contentType(ContentType.JSON).body(Map.of("node", "host", "command", "cat /tmp/typed"))
                    .post("/api/v1/sessions/" + session + "/exec").path("output");
        }
        assertThat(typed).isEqualTo("1\n");
    }

    @Test
    void onlyAPageOfThisServerConfirms() {
        confirm("http://evil.example", "net", List.of("true")).statusCode(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            moon |     | true | There is no world moon
            net  | abc | true | A seed is a whole number
            """)
    void whatCannotBeIsSaid(String world, String seed, String run, String said) {
        RequestSpecification link = given().queryParam("world", world).queryParam("run", run);
        (seed == null ? link : link.queryParam("seed", seed)).get("/new").then().statusCode(400).contentType("text/html")
                .body(containsString(said));
    }

    @Test
    void aLinkCarriesSoMuch() {
        given().queryParam("run", Collections.nCopies(21, "true")).get("/new").then().statusCode(400).body(containsString("20 commands"));
        given().queryParam("run", "x".repeat(2001)).get("/new").then().statusCode(400).body(containsString("2000 characters"));
        given().queryParam("run", "a\nb").get("/new").then().statusCode(400).body(containsString("one line"));
    }

    private static ValidatableResponse confirm(String origin, String world, List<String> runs) {
        String server = "http://localhost:" + io.restassured.RestAssured.port;
        return given().header("Origin", origin.equals("http://localhost") ? server : origin)
                .formParam("world", world)
                .formParam("run", runs)
                .redirects()
                .follow(false)
                .post("/new")
                .then();
    }

    private static String opened(ValidatableResponse response) {
        String page = response.extract().header("Location");
        given().get(page).then().statusCode(200);
        String session = page.substring(page.lastIndexOf('/') + 1);
        assertThat(response.extract().cookie("owner-" + session)).isNotNull();
        return session;
    }
}
