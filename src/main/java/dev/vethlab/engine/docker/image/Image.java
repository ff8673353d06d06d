package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.docker.api.ImageView;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.process.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** An image: files, and what a container made of it runs unless told otherwise. */
public final class Image implements ImageView {
    /** A little over half an hour before virtual time 0. */
    static final long LONG_AGO = -2_000_000_000_000L;

    private final String id;
    private final long created;
    private final List<Layer> history;
    private final FileSystem files;
    private final List<String> tags = new ArrayList<>();
    private final List<String> canonicalTags = new ArrayList<>();

    private final ImageConfig config;
    private String author = "";
    private String layer = "";

    /** What it takes of the session's memory, if it was made here ({@link dev.vethlab.engine.kernel.Memory}). */
    private long weight;

    Image(String id, List<Layer> history, FileSystem files) {
        this(id, LONG_AGO, history, files, new ImageConfig());
    }

    Image(String id, long created, List<Layer> history, FileSystem files, ImageConfig config) {
        this.id = id;
        this.created = created;
        this.config = config;
        this.history = List.copyOf(history);
        this.files = files;
    }

    /** The same for another engine: names and files can change there without changing here. */
    Image copy() {
        var copy = new Image(id, created, history, files.copy(), config.copy());
        copy.canonicalTags.addAll(canonicalTags);
        copy.tags.addAll(tags);
        copy.author = author;
        return copy;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<Layer> history() {
        return history;
    }

    @Override
    public long created() {
        return created;
    }

    /** What containers made of it are like. */
    public ImageConfig config() {
        return config;
    }

    /** Who made it, as far as that was said. */
    String author() {
        return author;
    }

    /** A step of an image that came from elsewhere: it is known that it was done, and not what images it made. */
    static final String MISSING = "<missing>";

    /** Made by {@code somebody}. */
    public Image by(String somebody) {
        author = somebody;
        return this;
    }

    /** What names its uppermost layer: images of the same archive share it. */
    String layer() {
        return layer.isEmpty() ? "layer " + id : layer;
    }

    Image onLayer(String digest) {
        layer = digest;
        return this;
    }

    long weight() {
        return weight;
    }

    Image weighing(long bytes) {
        weight = bytes;
        return this;
    }

    /** Its names in the registry. */
    List<String> canonicalTags() {
        return canonicalTags;
    }

    /** Its files; containers get copies. */
    public FileSystem files() {
        return files;
    }

    @Override
    public List<String> tags() {
        return tags;
    }

    @Override
    public long size() {
        return history.stream().mapToLong(Layer::size).sum();
    }

    public List<String> command() {
        return config.command;
    }

    public List<String> entrypoint() {
        return config.entrypoint;
    }

    public List<String> environment() {
        return config.environment;
    }

    public TreeSet<Port> exposedPorts() {
        return config.exposedPorts;
    }

    @Override
    public TreeMap<String, String> labels() {
        return config.labels;
    }

    public String workingDirectory() {
        return config.workingDirectory;
    }

    Image runs(String... argv) {
        config.command = List.of(argv);
        return this;
    }

    Image enters(String... argv) {
        config.entrypoint = List.of(argv);
        return this;
    }

    Image exposes(int port) {
        config.exposedPorts.add(new Port(port, "tcp"));
        return this;
    }

    Image tagged(String... names) {
        canonicalTags.addAll(List.of(names));
        tags.addAll(canonicalTags);
        return this;
    }
}
