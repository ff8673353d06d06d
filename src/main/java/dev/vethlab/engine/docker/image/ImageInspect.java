package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.Value;
import java.util.List;
import java.util.TreeMap;

/** All that is known of an image, as {@code GET /images/NAME/json} answers it. */
public final class ImageInspect {
    private ImageInspect() {}

    public static Value.Struct of(Image image) {
        List<Image.Layer> history = image.history();
        String created = DockerTime.rfc3339Fixed(image.created());
        Value config = config(image);
        List<Image.Layer> layers = history.stream().filter(ImageInspect::makesLayer).toList();
        String directory = "/var/lib/docker/overlay2/" + (layers.isEmpty() ? history : layers).getLast().imageId().substring(7);
        var directories = new TreeMap<String, String>();
        directories.put("MergedDir", directory + "/merged");
        directories.put("UpperDir", directory + "/diff");
        directories.put("WorkDir", directory + "/work");
        return Value.struct("image.InspectResponse")
                .put("ID", "Id", Value.of(image.id()))
                .put("RepoTags", Value.texts(image.tags()))
                .put("RepoDigests", Value.EMPTY_SLICE)
                .put("Parent", history.size() < 2 ? "" : history.get(history.size() - 2).imageId())
                .put("Comment", history.getLast().comment())
                .put("Created", created)
                .put("DockerVersion", EngineApi.VERSION + "+dfsg4")
                .put("Author", image.author())
                .put("Architecture", "amd64")
                .put("Os", "linux")
                .put("Size", image.size())
                .put("GraphDriver", Value.struct("storage.DriverData")
                        .put("Data", Value.map(directories))
                        .put("Name", "overlay2").build())
                .put("RootFS", Value.struct("image.RootFS").put("Type", "layers")
                        .put("Layers", Value.texts(layers.stream().map(Image.Layer::imageId).toList())).build())
                .put("Metadata", Value.struct("image.Metadata").put("LastTagTime", created).build())
                .put("Config", config)
                .build();
    }

    /** Its fields by name, those that older clients expect also when they are empty ({@code legacyConfigFields}). */
    static Value config(Image image) {
        var fields = new TreeMap<String, Value>();
        fields.put("Cmd", Value.textsOrNull(image.command()));
        fields.put("Entrypoint", Value.textsOrNull(image.entrypoint()));
        fields.put("Env", Value.textsOrNull(image.environment()));
        fields.put("Labels", image.labels().isEmpty() ? Value.NULL_MAP : Value.map(image.labels()));
        fields.put("OnBuild", Value.textsOrNull(image.config().onBuild));
        fields.put("User", Value.of(image.config().user));
        fields.put("Volumes", image.config().volumes.isEmpty() ? Value.NULL_MAP : Value.set(List.copyOf(image.config().volumes)));
        fields.put("WorkingDir", Value.of(image.workingDirectory()));
        var rest = new TreeMap<String, Value>();
        rest.put("ExposedPorts", Value.set(image.exposedPorts().stream().map(Port::toString).toList()));
        ContainerConfig.Healthcheck check = image.config().healthcheck;
        rest.put("Healthcheck", check == null ? Value.NULL : check.value());
        rest.put("Shell", Value.textsOrNull(image.config().shell));
        rest.put("StopSignal", Value.of(image.config().stopSignal));
        rest.values().removeIf(Value::isEmpty);
        fields.putAll(rest);
        return new Value.Entries(fields);
    }

    /** Whether a step changed files: all but those that only say something of the image. */
    static boolean makesLayer(Image.Layer step) {
        return !step.createdBy().contains("#(nop) ") || step.createdBy().contains("#(nop) COPY") || step.createdBy().contains("#(nop) ADD");
    }
}
