package dev.vethlab.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.smallrye.config.SmallRyeConfig;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes, ports, variables and metrics in the manifests are the running application's. */
@QuarkusTest
class ManifestsNameWhatExistsTest {
    /** A metric of ours or of the JVM, as Prometheus writes it. */
    private static final Pattern METRIC = Pattern.compile("\\b((?:vethlab|jvm|process)_[a-z_]+)");

    private final SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/workshop"})
    void probesAnswerOnThePortThatIsServed(String directory) throws Exception {
        List<JsonNode> resources = Manifests.render(directory);
        JsonNode container = Manifests.container(resources);
        JsonNode port = container.at("/ports/0");
        assertThat(port.path("containerPort").asText()).isEqualTo(servedOn());
        assertThat(Manifests.the("Service", resources).at("/spec/ports/0/targetPort")).isEqualTo(port.path("name"));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode get = container.path(probe).path("httpGet");
            assertThat(get.path("port")).as(probe).isEqualTo(port.path("name"));
            given().get(get.path("path").asText()).then().statusCode(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/workshop"})
    void variablesAreSettings(String directory) throws Exception {
        Set<String> settings = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .map(name -> name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
        Stream.of("vethlab.replica.address", "quarkus.redis.hosts").map(optional -> optional.replace('.', '_').toUpperCase(Locale.ROOT))
                .forEach(settings::add);
        assertThat(Manifests.elements(Manifests.container(Manifests.render(directory)).path("env")))
                .extracting(variable -> variable.path("name").asText())
                .filteredOn(name -> name.startsWith("VETHLAB_") || name.startsWith("QUARKUS_"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(settings).contains(name));
    }

    @Test
    void alertsDashboardAndAutoscalerReadMetricsThatAreThere() throws Exception {
        String session = given().contentType(ContentType.JSON).body("{\"world\":\"lab\"}").post("/api/v1/sessions").path("id");
        given().contentType(ContentType.JSON).body("{\"node\":\"host\",\"command\":\"ping -c 1 192.168.1.99; ping -c 1 198.51.100.80\"}")
                .post("/api/v1/sessions/" + session + "/exec").then().statusCode(200);
        String served = given().get(monitor().at("/spec/endpoints/0/path").asText()).then().statusCode(200).extract().asString();

        var wanted = new TreeSet<String>();
        String dashboard = new ObjectMapper().readTree(new File("k8s/overlays/monitoring/dashboard.json")).path("panels").toString();
        for (String text : List.of(dashboard, Manifests.render("overlays/monitoring").toString(),
                Manifests.the("HorizontalPodAutoscaler", Manifests.render("overlays/workshop")).toString())) {
            METRIC.matcher(text).results().forEach(found -> wanted.add(found.group(1)));
        }
        assertThat(wanted).hasSizeGreaterThan(8).allSatisfy(metric -> assertThat(served).contains(metric));
    }

    @Test
    void theMonitorFindsTheService() throws Exception {
        JsonNode labels = Manifests.the("Service", Manifests.render("base")).at("/metadata/labels");
        monitor().at("/spec/selector/matchLabels").properties()
                .forEach(wanted -> assertThat(labels.path(wanted.getKey())).isEqualTo(wanted.getValue()));
    }

    /** As configured: tests themselves serve on any free port. */
    private static String servedOn() throws IOException {
        var properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        return properties.getProperty("quarkus.http.port");
    }

    private static JsonNode monitor() throws Exception {
        return Manifests.the("ServiceMonitor", Manifests.render("overlays/monitoring"));
    }
}
