package dev.vethlab.web.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PagesTest {
    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");

    @Test
    void theLandingPageStartsALab() {
        given().get("/")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("data-start=\"lab\""));
    }

    @Test
    void thePlaygroundIsOfOneSession() {
        String session = given().post("/api/v1/sessions").then().extract().path("id");
        given().get("/s/" + session)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body(containsString("data-session=\"" + session + "\""));
    }

    @Test
    void aLinkToNothingSaysSo() {
        given().get("/s/0123").then().statusCode(404).contentType("text/html").body(containsString("leads to nothing"));
        given().get("/share/0123").then().statusCode(404).contentType("text/html").body(containsString("leads to nothing"));
    }

    @Test
    void anAddressThatThereIsNotIsAPageForABrowserAndAProblemForAProgram() {
        given().accept("text/html,application/xhtml+xml,*/*;q=0.8").get("/nowhere")
                .then().statusCode(404).contentType("text/html").body(containsString("leads to nothing"));
        given().get("/nowhere").then().statusCode(404).contentType("application/problem+json").body(containsString("There is nothing here."));
    }

    @Test
    void pagesAllowNothingInline() {
        given().get("/")
                .then()
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Referrer-Policy", equalTo("same-origin"));
    }

    @Test
    void assetsAreThereAndMayBeKept() {
        String page = given().get("/").then().extract().asString();
        Matcher asset = ASSET.matcher(page);
        int count = 0;
        while (asset.find()) {
            count++;
            given().get(asset.group(1)).then().statusCode(200).header("Cache-Control", containsString("immutable"));
        }
        assertThat(count).isPositive();
    }
}
