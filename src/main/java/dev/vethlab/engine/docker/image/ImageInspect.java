package dev.vethlab.engine.docker.image;

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
        var config = Value.struct("dockerspec.DockerOCIImageConfig")
                .put("Cmd", Value.textsOrNull(image.command()))
                .put("Entrypoint", Value.textsOrNull(image.entrypoint()))
                .put("Env", Value.textsOrNull(image.environment()))
                .omitEmpty("ExposedPorts", Value.set(image.exposedPorts().stream().map(Port::toString).toList()))
                .put("Labels", image.labels().isEmpty() ? Value.NULL_MAP : Value.map(image.labels()))
                .put("OnBuild", Value.NULL_SLICE)
                .put("User", image.config().user)
                .put("Volumes", image.config().volumes.isEmpty() ? Value.NULL_MAP : Value.set(List.copyOf(image.config().volumes)))
                .put("WorkingDir", image.workingDirectory())
                .omitEmpty("StopSignal", Value.of(image.config().stopSignal))
                .build();
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
                .put("Author", "")
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

    /** Whether a step changed files: all but those that only say something of the image. */
    static boolean makesLayer(Image.Layer step) {
        return !step.createdBy().contains("#(nop) ") || step.createdBy().contains("#(nop) COPY") || step.createdBy().contains("#(nop) ADD");
    }
}
