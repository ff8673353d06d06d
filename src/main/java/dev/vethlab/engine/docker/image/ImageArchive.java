package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Json;
import dev.vethlab.engine.docker.api.JsonReader;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.archive.TarEntry;
import dev.vethlab.engine.process.archive.TarReader;
import dev.vethlab.engine.process.archive.TarWriter;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.SystemFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Images as archives ({@code daemon/internal/image/tarexport}): an OCI image layout, of which {@code manifest.json} is what is read
 * again. A layer is named by the SHA-256 of its bytes; a configuration by the image's id.
 */
public final class ImageArchive {
    private static final String BLOBS = "blobs/sha256/";
    private static final String MANIFEST = "manifest.json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final int MODE = 0644;

    private final ImageStore images;

    /** An image with those of its names that are meant. */
    public record Saved(Image image, List<String> tags) {}

    public ImageArchive(ImageStore images) {
        this.images = images;
    }

    // ---- which ----

    /** Adds what a word of {@code docker save} means: an id, a name with a tag, or all tags of a repository. */
    public static void collect(ImageStore images, String term, List<Saved> wanted) throws EngineException {
        boolean tagged = term.lastIndexOf(':') > term.lastIndexOf('/');
        String repository = Reference.parse(term).map(Reference::repository).orElse("");
        boolean found = false;
        List<Image> byName = images.all().stream().filter(image -> !image.tags().isEmpty())
                .sorted(Comparator.comparing(image -> image.tags().getFirst())).toList();
        for (Image image : byName) {
            List<String> tags = image.tags().stream().filter(tag -> tagged
                    ? tag.equals(Reference.parse(term).map(Reference::toString).orElse("")) : tag.startsWith(repository + ":")).toList();
            if (!tags.isEmpty()) {
                found = true;
                add(wanted, image, tags);
            }
        }
        if (!found) {
            Image image = images.lookup(term);
            if (image == null) {
                throw EngineException.notFound("No such image: " + term);
            }
            add(wanted, image, List.of());
        }
    }

    private static void add(List<Saved> wanted, Image image, List<String> tags) {
        for (Saved saved : wanted) {
            if (saved.image() == image) {
                var all = new ArrayList<>(saved.tags());
                tags.stream().filter(tag -> !all.contains(tag)).forEach(all::add);
                wanted.set(wanted.indexOf(saved), new Saved(image, all));
                return;
            }
        }
        wanted.add(new Saved(image, tags));
    }

    // ---- saving ----

    public Bytes save(List<Saved> wanted) {
        var blobs = new TreeMap<String, Bytes>();
        var manifests = new ArrayList<Value>();
        var index = new ArrayList<Value>();
        var repositories = new TreeMap<String, Value>();
        for (Saved saved : wanted) {
            save(saved, blobs, manifests, index, repositories);
        }
        var archive = new TarWriter().add(directory("blobs/")).add(directory(BLOBS));
        blobs.forEach((digest, content) -> archive.add(file(BLOBS + digest, content)));
        archive.add(file("index.json", json(Value.struct("ocispec.Index").put("schemaVersion", 2)
                .put("mediaType", "application/vnd.oci.image.index.v1+json").put("manifests", new Value.Items(index)).build())));
        archive.add(file(MANIFEST, json(new Value.Items(manifests))));
        archive.add(file("oci-layout", Bytes.of("{\"imageLayoutVersion\": \"1.0.0\"}")));
        if (!repositories.isEmpty()) {
            archive.add(file("repositories", json(new Value.Entries(repositories))));
        }
        return archive.end(TarWriter.BLOCK);
    }

    private void save(
            Saved saved, Map<String, Bytes> blobs, List<Value> manifests, List<Value> index, TreeMap<String, Value> repositories) {
        Image image = saved.image();
        var digests = new ArrayList<String>();
        var descriptors = new ArrayList<Value>();
        var sources = new TreeMap<String, Value>();
        for (Bytes layer : layers(image)) {
            String digest = "sha256:" + keep(blobs, layer);
            Value descriptor = descriptor(LAYER, layer, digest);
            digests.add(digest);
            descriptors.add(descriptor);
            sources.put(digest, descriptor);
        }
        Bytes config = Bytes.of(ImageJson.of(image, digests));
        String id = image.id().substring("sha256:".length());
        blobs.put(id, config);
        manifests.add(Value.struct("manifestItem").put("Config", BLOBS + id)
                .put("RepoTags", saved.tags().isEmpty() ? Value.NULL_SLICE : Value.texts(saved.tags()))
                .put("Layers", Value.texts(digests.stream().map(digest -> digest.replace("sha256:", BLOBS)).toList()))
                .put("LayerSources", new Value.Entries(sources)).build());
        Bytes manifest = json(Value.struct("ocispec.Manifest").put("schemaVersion", 2)
                .put("mediaType", "application/vnd.oci.image.manifest.v1+json")
                .put("config", descriptor("application/vnd.oci.image.config.v1+json", config, image.id()))
                .put("layers", new Value.Items(descriptors)).build());
        index.add(descriptor("application/vnd.oci.image.manifest.v1+json", manifest, "sha256:" + keep(blobs, manifest)));
        for (String tag : saved.tags()) {
            int colon = tag.lastIndexOf(':');
            var tags = new TreeMap<String, Value>();
            if (repositories.get(tag.substring(0, colon)) instanceof Value.Entries known) {
                tags.putAll(known.entries());
            }
            tags.put(tag.substring(colon + 1), Value.of(id));
            repositories.put(tag.substring(0, colon), new Value.Entries(tags));
        }
    }

    /** The layers from the lowest on. Of a step whose own files are not known any more the next has the changes as well. */
    private List<Bytes> layers(Image image) {
        List<Image.Layer> steps = image.history().stream().filter(ImageInspect::makesLayer).toList();
        var layers = new ArrayList<Bytes>();
        FileSystem below = new FileSystem();
        for (int i = 0; i < steps.size(); i++) {
            Image known = i == steps.size() - 1 ? image : images.known(steps.get(i).imageId());
            FileSystem files = known == null ? below : known.files();
            var layer = new TarWriter().global(TarWriter.WEIGHT, Long.toString(steps.get(i).size()));
            images.archive().changes(below, files).forEach(layer::add);
            layers.add(layer.end(TarWriter.BLOCK));
            below = files;
        }
        return layers;
    }

    private static String keep(Map<String, Bytes> blobs, Bytes content) {
        String digest = Digests.sha256(content.toArray());
        blobs.put(digest, content);
        return digest;
    }

    private static Value descriptor(String mediaType, Bytes content, String digest) {
        return Value.struct("ocispec.Descriptor").put("mediaType", mediaType).put("size", content.length()).put("digest", digest).build();
    }

    private static Bytes json(Value value) {
        return Bytes.of(Json.compact(value));
    }

    private static TarEntry directory(String name) {
        return new TarEntry(name, TarEntry.DIRECTORY, 0755, TarEntry.Owner.ROOT, 0, "", Bytes.EMPTY, "");
    }

    private static TarEntry file(String name, Bytes content) {
        return new TarEntry(name, TarEntry.FILE, MODE, TarEntry.Owner.ROOT, 0, "", content, "");
    }

    // ---- loading ----

    /**
     * The images of an archive, of which those that are on hand stay as they are.
     *
     * @param directory where the engine unpacks it, as complaints name it
     */
    public List<Saved> load(Bytes bytes, String directory) throws EngineException {
        TarReader archive = read(bytes);
        var files = new TreeMap<String, Bytes>();
        archive.entries().stream().filter(entry -> !entry.isDirectory()).forEach(entry -> files.put(entry.name(), entry.content()));
        Bytes manifest = files.get(MANIFEST);
        if (manifest == null) {
            throw noManifest(archive, directory);
        }
        var loaded = new ArrayList<Saved>();
        if (!(parse(manifest) instanceof Value.Items items)) {
            throw EngineException.internal("json: cannot unmarshal object into Go value of type []tarexport.manifestItem");
        }
        for (Value item : items.items()) {
            loaded.add(new Saved(image(item, files, directory), ImageJson.texts(item, "RepoTags")));
        }
        return loaded;
    }

    /** An archive of Docker before 1.10 has a directory an image, and a file that names them ({@code legacyLoad}). */
    private static EngineException noManifest(TarReader archive, String directory) {
        String first = archive.entries().stream().map(entry -> entry.name().replaceFirst("^\\./", "")).filter(name -> name.contains("/"))
                .map(name -> name.substring(0, name.indexOf('/'))).sorted().findFirst().map(name -> name + "/json").orElse("repositories");
        return noFile(directory, first);
    }

    private static EngineException noFile(String directory, String name) {
        return EngineException.notFound("open " + directory + "/" + name + ": no such file or directory");
    }

    private Image image(Value item, Map<String, Bytes> files, String directory) throws EngineException {
        String path = ImageJson.text(item, "Config");
        String id = "sha256:" + path.substring(path.lastIndexOf('/') + 1);
        Image known = images.known(id);
        if (known != null) {
            images.show(known);
            return known;
        }
        Value config = parse(blob(files, path, directory));
        var sizes = new ArrayList<Long>();
        FileSystem tree = empty();
        for (String layer : ImageJson.texts(item, "Layers")) {
            TarReader content = read(blob(files, layer, directory));
            sizes.add(size(content));
            images.archive().unpack(content.entries(), tree);
        }
        return named(images.adopt(id, ImageJson.created(config), ImageJson.history(config, id, sizes), tree, ImageJson.config(config)));
    }

    /** Its uppermost layer has the name that its bytes give it, as that of another image with the same files. */
    private Image named(Image image) {
        List<Bytes> layers = layers(image);
        return layers.isEmpty() ? image : image.onLayer(Digests.sha256(layers.getLast().toArray()));
    }

    private static Bytes blob(Map<String, Bytes> files, String path, String directory) throws EngineException {
        @Nullable Bytes content = files.get(path);
        if (content == null) {
            throw noFile(directory, path);
        }
        return Objects.requireNonNull(content);
    }

    /** An image whose files are those of an archive. */
    public Image fromFiles(Bytes bytes, String id, long now, ImageConfig config, String comment) throws EngineException {
        TarReader archive = read(bytes);
        FileSystem files = empty();
        images.archive().unpack(archive.entries(), files);
        return named(images.adopt(id, now, List.of(new Image.Layer(id, "", size(archive), comment, now)), files, config));
    }

    /** What every container's files begin with here. */
    private static FileSystem empty() {
        var files = new FileSystem();
        SystemFiles.addTo(files);
        return files;
    }

    private static long size(TarReader archive) {
        long bytes = archive.entries().stream().mapToLong(entry -> entry.content().length()).sum();
        String weight = archive.global(TarWriter.WEIGHT);
        return weight.matches("\\d{1,15}") ? Math.max(bytes, Long.parseLong(weight)) : bytes;
    }

    private static TarReader read(Bytes bytes) throws EngineException {
        TarReader archive = TarReader.read(bytes);
        return switch (archive.fault()) {
            case NONE -> archive;
            case SHORT -> throw EngineException.internal("unexpected EOF");
            case NO_HEADER -> throw EngineException.internal("archive/tar: invalid tar header");
        };
    }

    private static Value parse(Bytes text) throws EngineException {
        try {
            return JsonReader.read(text.text());
        } catch (JsonReader.SyntaxException e) {
            throw EngineException.internal(String.valueOf(e.getMessage()));
        }
    }
}
