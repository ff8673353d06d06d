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
    private static final long CREATED = -2_000_000_000_000L;

    private final String id;
    private final List<Layer> history;
    private final FileSystem files;
    private final List<String> tags = new ArrayList<>();
    private final List<String> canonicalTags = new ArrayList<>();
    private final TreeMap<String, String> labels = new TreeMap<>();
    private final TreeSet<Port> exposedPorts = new TreeSet<>();
    private List<String> command = List.of();
    private List<String> entrypoint = List.of();
    private List<String> environment = List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    private String workingDirectory = "";

    Image(String id, List<Layer> history, FileSystem files) {
        this.id = id;
        this.history = List.copyOf(history);
        this.files = files;
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
        return CREATED;
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
        return command;
    }

    public List<String> entrypoint() {
        return entrypoint;
    }

    public List<String> environment() {
        return environment;
    }

    public TreeSet<Port> exposedPorts() {
        return exposedPorts;
    }

    @Override
    public TreeMap<String, String> labels() {
        return labels;
    }

    public String workingDirectory() {
        return workingDirectory;
    }

    Image runs(String... argv) {
        command = List.of(argv);
        return this;
    }

    Image enters(String... argv) {
        entrypoint = List.of(argv);
        return this;
    }

    Image exposes(int port) {
        exposedPorts.add(new Port(port, "tcp"));
        return this;
    }

    Image tagged(String... names) {
        canonicalTags.addAll(List.of(names));
        tags.addAll(canonicalTags);
        return this;
    }
}
