package dev.vethlab.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code kubectl kustomize} makes of a directory below {@code k8s/}. */
final class Manifests {
    static final List<String> DIRECTORIES = List.of("base", "overlays/workshop", "overlays/monitoring");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Manifests() {}

    /** The resources, in order. */
    static List<JsonNode> render(String directory) throws IOException, InterruptedException {
        Process kubectl;
        try {
            kubectl = new ProcessBuilder("kubectl", "kustomize", Path.of("k8s", directory).toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new IOException("kubectl (1.27 or newer) is needed to render the manifests: " + e.getMessage(), e);
        }
        String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (kubectl.waitFor() != 0) {
            throw new IOException("kubectl kustomize k8s/" + directory + " failed");
        }
        var resources = new ArrayList<JsonNode>();
        new Load(LoadSettings.builder().build()).loadAllFromString(yaml).forEach(each -> resources.add(JSON.valueToTree(each)));
        return List.copyOf(resources);
    }

    static JsonNode the(String kind, List<JsonNode> resources) {
        return resources.stream().filter(resource -> resource.path("kind").asText().equals(kind)).findFirst().orElseThrow();
    }

    /** The application's container. */
    static JsonNode container(List<JsonNode> resources) {
        return the("Deployment", resources).at("/spec/template/spec/containers/0");
    }

    static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
