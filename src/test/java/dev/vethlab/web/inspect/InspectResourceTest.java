package dev.vethlab.web.inspect;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the inspector says of each kind of thing, read from the kernel's own tables, with everything that was typed as text. */
@QuarkusTest
class InspectResourceTest {
    private static final String SESSIONS = "/api/v1/sessions";

    private static String session(String world) {
        return given().contentType(ContentType.JSON).body(Map.of("world", world)).post(SESSIONS).path("id");
    }

    private static void exec(String session, String node, String command) {
        given().contentType(ContentType.JSON).body(Map.of("node", node, "command", command)).post(SESSIONS + "/" + session + "/exec")
                .then().statusCode(200);
    }

    private static String fragment(String session, String node) {
        return given().queryParam("node", node).get(SESSIONS + "/" + session + "/inspect").then().statusCode(200)
                .contentType(ContentType.HTML).extract().asString();
    }

    /** The fragment's text, with one blank for each run of them, and no tags. */
    private static String text(String session, String node) {
        return fragment(session, node).replaceAll("<[^>]*>", "").replace("&gt;", ">").replaceAll("\\s+", " ");
    }

    private static String published() {
        String session = session("lab");
        exec(session, "host", "docker run -d --name web -p 5001:5001 my-app");
        exec(session, "client", "curl http://192.168.1.10:5001/");
        return session;
    }

    @Test
    void aMachineShowsEveryTable() {
        String session = published();
        assertThat(text(session, "machine:host")).contains("eth0", "192.168.1.10/24", "via 192.168.1.1", "dev eth0", "52:54:00:00:01:20",
                "iptables · nat", "--dport 5001 -j DNAT --to-destination 172.17.0.2:5001", "1 pkts · 60 B", "policy ACCEPT");
        assertThat(text(session, "machine:host")).contains("DNAT", "192.168.1.10:5001", "172.17.0.2:5001 → 192.168.1.20:", "[ASSURED]");
    }

    @Test
    void aHookShowsTheChainsThatAPacketCanMeetThere() {
        String session = published();
        String forward = text(session, "station:host/FORWARD");
        assertThat(forward).contains("FORWARD policy ACCEPT", "-j DOCKER-USER", "DOCKER-FORWARD").doesNotContain("POSTROUTING");
        assertThat(text(session, "station:host/routing")).contains("172.17.0.0/16", "docker0");
        assertThat(text(session, "station:host/processes")).contains("*:5001", "LISTEN", "docker-proxy");
    }

    @Test
    void bridgesContainersAndCablesShowWhatIsAtTheirOtherEnd() {
        String session = published();
        assertThat(text(session, "device:host//docker0")).contains("Bridge in host", "172.17.0.1/16", "Forwarding database", "eth0 in web");
        String id = given().get(SESSIONS + "/" + session + "/topology").path("containers[0].id");
        String namespace = given().get(SESSIONS + "/" + session + "/topology").path("containers[0].namespace");
        assertThat(text(session, "container:" + id)).contains("my-app", "0.0.0.0:5001 → 5001/tcp", "LISTEN");
        assertThat(text(session, "namespace:host/" + namespace)).contains("Container", "172.17.0.2/16", "LISTEN");
        assertThat(text(session, "device:host/" + namespace + "/eth0")).contains("veth end in web", "in host");
        assertThat(text(session, "switch:lan")).contains("to-host", "52:54:00:00:01:10");
        assertThat(text(session, "machine:client>switch:lan")).contains("eth0 ⇄ to-client", "state", "UP", "MTU", "1500", "untagged", "carrier");
        exec(session, "host", "ip link add link eth0 name eth0.7 type vlan id 7; ip link set eth0 mtu 1400");
        assertThat(text(session, "device:host//eth0>switch:lan")).contains("1400 and 1500", "7 (eth0.7)");
        assertThat(text(session, "device:host//eth0>switch:lan")).contains("eth0 ⇄ to-host");
    }

    @Test
    void theNetfilterMapIsToldWhereRulesLeadAndHowOftenTheyMatched() {
        String session = published();
        var tables = given().get(SESSIONS + "/" + session + "/netfilter").then().statusCode(200);
        String chains = "tables.find { it.name == 'nat' }.chains.";
        tables.body(chains + "find { it.name == 'PREROUTING' }.rules[0].chain", equalTo("DOCKER"));
        tables.body(chains + "find { it.name == 'DOCKER' }.rules.find { it.text.contains('--dport 5001') }.packets", equalTo(1));
        tables.body(chains + "find { it.name == 'DOCKER' }.rules.find { it.text.contains('--dport 5001') }.chain", equalTo(""));
        given().queryParam("machine", "moon").get(SESSIONS + "/" + session + "/netfilter").then().statusCode(404)
                .contentType("application/problem+json");
        given().queryParam("at", 1).get(SESSIONS + "/" + session + "/netfilter").then().statusCode(200)
                .body(chains + "find { it.name == 'DOCKER' }.rules.findAll { it.text.contains('--dport 5001') }", empty());
    }

    @Test
    void whatIsTypedIsText() {
        String session = session("lab");
        exec(session, "host", "ip netns add '<img src=x onerror=alert(1)>'");
        exec(session, "host", "ip link add '<b>x' type dummy");
        exec(session, "host", "iptables -N '<i>' ; iptables -A FORWARD -m comment --comment '<script>alert(1)</script>' -j ACCEPT");
        assertThat(fragment(session, "machine:host")).doesNotContain("<img", "<b>x", "<script", "<i>").contains("&lt;b&gt;x", "&lt;script&gt;");
        assertThat(fragment(session, "namespace:host/<img src=x onerror=alert(1)>")).doesNotContain("<img")
                .contains("node=%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E");
    }

    @Test
    void whatIsNotThereSaysSo() {
        String session = session("bare");
        for (String node : new String[] {"", "nonsense", "machine:nobody", "device:host//eth7", "station:host/NOWHERE", "a>b", "device:"}) {
            given().queryParam("node", node).get(SESSIONS + "/" + session + "/inspect").then().statusCode(404);
        }
    }
}
