package dev.vethlab.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every resource is as Kubernetes' OpenAPI schema has it: no field it does not know, none missing, none of another type. */
class ManifestSchemaTest {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    /** Which schema each kind has. */
    private static final Map<String, String> SCHEMAS = Map.ofEntries(
            Map.entry("v1/Namespace", "V1Namespace"),
            Map.entry("v1/Service", "V1Service"),
            Map.entry("v1/ServiceAccount", "V1ServiceAccount"),
            Map.entry("v1/ConfigMap", "V1ConfigMap"),
            Map.entry("v1/PersistentVolumeClaim", "V1PersistentVolumeClaim"),
            Map.entry("apps/v1/Deployment", "V1Deployment"),
            Map.entry("apps/v1/StatefulSet", "V1StatefulSet"),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", "V2HorizontalPodAutoscaler"),
            Map.entry("policy/v1/PodDisruptionBudget", "V1PodDisruptionBudget"),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", "V1NetworkPolicy"));

    /** The Prometheus operator's kinds have no schema here; their fields are those of its API reference. */
    private static final Map<String, List<String>> OPERATOR_FIELDS = Map.of(
            "monitoring.coreos.com/v1/ServiceMonitor", List.of("/spec/selector/matchLabels", "/spec/endpoints/0/port"),
            "monitoring.coreos.com/v1/PrometheusRule", List.of("/spec/groups/0/name", "/spec/groups/0/rules/0/expr"));

    @TestFactory
    List<DynamicTest> resources() throws Exception {
        var tests = new ArrayList<DynamicTest>();
        for (String directory : Manifests.DIRECTORIES) {
            for (JsonNode resource : Manifests.render(directory)) {
                String kind = resource.path("apiVersion").asText() + "/" + resource.path("kind").asText();
                String name = directory + ": " + kind + " " + resource.at("/metadata/name").asText();
                tests.add(DynamicTest.dynamicTest(name, () -> isAsTheSchemaHasIt(kind, resource)));
            }
        }
        return tests;
    }

    @Test
    void anUnknownFieldIsFound() {
        assertThatThrownBy(() -> validate("V1Service", "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"spec\":{\"port\":[]}}"))
                .hasMessageContaining("port");
    }

    private static void isAsTheSchemaHasIt(String kind, JsonNode resource) {
        List<String> fields = OPERATOR_FIELDS.get(kind);
        if (fields != null) {
            assertThat(fields).allSatisfy(field -> assertThat(resource.at(field).isMissingNode()).as(field).isFalse());
            return;
        }
        assertThat(SCHEMAS).containsKey(kind);
        assertThatCode(() -> validate(SCHEMAS.get(kind), resource.toString())).doesNotThrowAnyException();
    }

    private static void validate(String model, String json) throws Throwable {
        try {
            Class.forName(MODELS + model).getMethod("validateJsonElement", JsonElement.class).invoke(null, JsonParser.parseString(json));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
