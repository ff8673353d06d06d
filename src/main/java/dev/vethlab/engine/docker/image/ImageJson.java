package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.Json;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.sim.CalendarTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** An image's configuration as archives and registries have it (OCI image specification, "Image Configuration"). */
final class ImageJson {
    private static final long SECOND = 1_000_000_000L;
    private static final String CREATED_BY = "created_by";
    private static final String EMPTY_LAYER = "empty_layer";

    private ImageJson() {}

    // ---- writing ----

    static String of(Image image, List<String> layers) {
        return Json.compact(Value.struct("ocispec.Image").put("architecture", "amd64").put("config", ImageInspect.config(image))
                .put("created", DockerTime.rfc3339Fixed(image.created()))
                .put("history", new Value.Items(image.history().stream().<Value>map(ImageJson::step).toList()))
                .put("os", "linux")
                .put("rootfs", Value.struct("ocispec.RootFS").put("type", "layers").put("diff_ids", Value.texts(layers)).build())
                .build());
    }

    private static Value step(Image.Layer step) {
        return Value.struct("ocispec.History").put("created", DockerTime.rfc3339Fixed(step.created()))
                .omitEmpty(CREATED_BY, Value.of(step.createdBy())).omitEmpty("comment", Value.of(step.comment()))
                .omitEmpty(EMPTY_LAYER, Value.of(!ImageInspect.makesLayer(step))).build();
    }

    // ---- reading ----

    /** The member of an object; nil if there is none. */
    static Value member(Value object, String name) {
        return object instanceof Value.Entries entries ? entries.entries().getOrDefault(name, Value.NULL) : Value.NULL;
    }

    static String text(Value object, String name) {
        return member(object, name) instanceof Value.Text text ? text.text() : "";
    }

    static List<Value> items(Value object, String name) {
        return member(object, name) instanceof Value.Items items ? items.items() : List.of();
    }

    static List<String> texts(Value object, String name) {
        return items(object, name).stream().map(item -> item instanceof Value.Text text ? text.text() : "").toList();
    }

    private static SortedMap<String, Value> members(Value object, String name) {
        return member(object, name) instanceof Value.Entries entries ? entries.entries() : new TreeMap<>();
    }

    private static long number(Value object, String name) {
        return member(object, name) instanceof Value.Whole whole ? whole.number() : 0;
    }

    static ImageConfig config(Value image) {
        Value json = member(image, "config");
        var config = new ImageConfig();
        members(json, "Labels").forEach((name, value) -> config.labels.put(name, value instanceof Value.Text text ? text.text() : ""));
        config.exposedPorts.addAll(new TreeSet<>(members(json, "ExposedPorts").keySet().stream().map(Port::of).toList()));
        config.volumes.addAll(members(json, "Volumes").keySet());
        config.command = texts(json, "Cmd");
        config.entrypoint = texts(json, "Entrypoint");
        config.environment = texts(json, "Env");
        config.workingDirectory = text(json, "WorkingDir");
        config.user = text(json, "User");
        config.stopSignal = text(json, "StopSignal");
        config.shell = texts(json, "Shell");
        config.onBuild = texts(json, "OnBuild");
        Value check = member(json, "Healthcheck");
        config.healthcheck = check.isEmpty() ? null : new ContainerConfig.Healthcheck(texts(check, "Test"), number(check, "Interval"),
                number(check, "Timeout"), number(check, "StartPeriod"), number(check, "StartInterval"), (int) number(check, "Retries"));
        return config;
    }

    /**
     * The steps, of which only the last made an image that is known.
     *
     * @param sizes of the layers, in their order
     */
    static List<Image.Layer> history(Value image, String id, List<Long> sizes) {
        var steps = new ArrayList<Image.Layer>();
        int layer = 0;
        List<Value> items = items(image, "history");
        for (Value step : items) {
            boolean empty = member(step, EMPTY_LAYER).equals(Value.of(true));
            long size = empty || layer >= sizes.size() ? 0 : sizes.get(layer++);
            String of = steps.size() == items.size() - 1 ? id : Image.MISSING;
            steps.add(new Image.Layer(of, text(step, CREATED_BY), size, text(step, "comment"), created(step)));
        }
        return steps;
    }

    /** Virtual nanoseconds. */
    static long created(Value object) {
        try {
            Instant time = Instant.parse(text(object, "created"));
            return (time.getEpochSecond() - CalendarTime.EPOCH_SECONDS) * SECOND + time.getNano();
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
