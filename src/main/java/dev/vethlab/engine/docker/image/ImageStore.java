package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ImageApi;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.process.file.FileChange;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.TreeArchive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The images on hand: made as the recorded ones were, and a registry that has one more. */
public final class ImageStore {
    private static final int LIMIT = 100;
    private static final int BUILT_LIMIT = 500;

    private final List<Image> images = new ArrayList<>();
    private final List<Image> registry = new ArrayList<>();
    private final Memory memory;
    private final TreeArchive archive;

    public ImageStore(ImageRecipes recipes, Memory memory) {
        this.memory = memory;
        archive = recipes.archive();
        images.addAll(recipes.onHand());
        registry.addAll(images);
        registry.addAll(recipes.toPull());
    }

    /** What steps of builds made, shown or not; a build looks here for what it need not do again. */
    private final List<Image> built = new ArrayList<>();

    /** What makes archives of their files, and files of archives. */
    public TreeArchive archive() {
        return archive;
    }

    public List<Image> all() {
        return List.copyOf(images);
    }

    /** By name, id, or the beginning of an id. */
    public Image find(String term) throws EngineException {
        Image found = lookup(term);
        if (found == null) {
            String name = Reference.parse(term).map(Reference::toString).orElse(term);
            throw EngineException.notFound("No such image: " + (term.startsWith("sha256:") ? term : name));
        }
        return found;
    }

    /** Whether a build made it. */
    public boolean isBuilt(Image image) {
        return built.contains(image);
    }

    /** Lists a built image. */
    public void show(Image image) {
        if (!images.contains(image)) {
            images.add(image);
        }
    }

    /** What the same step made of the same image before; null if nothing did. */
    @Nullable Image cached(String parent, String createdBy) {
        for (Image image : built.reversed()) {
            List<Image.Layer> history = image.history();
            String of = history.size() < 2 ? "" : history.get(history.size() - 2).imageId();
            if (history.getLast().createdBy().equals(createdBy) && of.equals(parent)) {
                return image;
            }
        }
        return null;
    }

    /**
     * Makes an image of another one, or of nothing: it has an id, and others can be built on it, but it is not listed.
     *
     * @param createdBy the step that made {@code files} of {@code base}'s
     */
    public Image derive(String id, long now, @Nullable Image base, FileSystem files, ImageConfig config, String createdBy, String comment)
            throws EngineException {
        FileSystem before = base == null ? new FileSystem() : base.files();
        long size = bytes(before, files);
        var history = new ArrayList<Image.Layer>(base == null ? List.of() : base.history());
        history.add(new Image.Layer(id, createdBy, size, comment, now));
        return keep(new Image(id, now, history, files, config), size);
    }

    private static long bytes(FileSystem before, FileSystem files) {
        return files.changesSince(before, List.of()).stream().mapToLong(FileChange::size).sum();
    }

    private Image keep(Image image, long bytes) throws EngineException {
        if (built.size() >= BUILT_LIMIT) {
            throw EngineException.internal("vethlab: no more than " + BUILT_LIMIT + " images may be built");
        }
        long weight = Memory.IMAGE + bytes;
        if (!memory.take(weight)) {
            throw EngineException.internal(memory.refusal());
        }
        built.add(image.weighing(weight));
        return image;
    }

    /** Lists an image that came as an archive, with the steps by which it was made elsewhere. */
    Image adopt(String id, long created, List<Image.Layer> history, FileSystem files, ImageConfig config) throws EngineException {
        Image image = keep(new Image(id, created, history, files, config), bytes(new FileSystem(), files));
        show(image);
        return image;
    }

    /** The image with this id, be it listed, a step of one that is, or in the registry; null if there is none. */
    @Nullable Image known(String id) {
        return Stream.of(images, built, registry).flatMap(List::stream).filter(i -> i.id().equals(id)).findFirst().orElse(null);
    }

    /** The image of this name or id; null if there is none. */
    public @Nullable Image lookup(String term) {
        String digits = term.startsWith("sha256:") ? term.substring(7) : term;
        String name = Reference.parse(term).map(Reference::toString).orElse("");
        for (Image image : images) {
            if (image.tags().contains(name)) {
                return image;
            }
        }
        if (!digits.matches("[0-9a-f]+")) {
            return null;
        }
        List<Image> matches = Stream.concat(images.stream(), built.stream()).distinct()
                .filter(i -> i.id().startsWith("sha256:" + digits)).toList();
        return matches.size() == 1 ? matches.getFirst() : null;
    }

    /** Gets an image from the registry, unless it is on hand; the registry has little. */
    public Image pull(Reference reference) throws EngineException {
        Image known = lookup(reference.toString());
        if (known != null) {
            return known;
        }
        for (Image image : registry) {
            if (image.canonicalTags().contains(reference.toString())) {
                tag(image, reference);
                if (!images.contains(image)) {
                    images.add(image);
                }
                return image;
            }
        }
        throw EngineException.notFound("pull access denied for " + reference.repository()
                + ", repository does not exist or may require 'docker login': denied: requested access to the resource is denied");
    }

    /** How many images there are, with those that others were built on. */
    public long layerCount() {
        return images.stream().flatMap(i -> i.history().stream()).distinct().count();
    }

    /** Bytes of all layers, each counted once. */
    public long layersSize() {
        return images.stream().flatMap(i -> i.history().stream()).distinct().mapToLong(Image.Layer::size).sum();
    }

    /** What the images weigh that were made here ({@link Memory}). */
    public long weight() {
        return built.stream().mapToLong(Image::weight).sum();
    }

    /** Gives an image one more name, taking it from another if need be. */
    public void tag(Image image, Reference name) throws EngineException {
        if (images.stream().mapToInt(i -> i.tags().size()).sum() >= LIMIT) {
            throw EngineException.internal("vethlab: no more than " + LIMIT + " image names are kept");
        }
        images.forEach(other -> other.tags().remove(name.toString()));
        image.tags().add(name.toString());
        image.tags().sort(Comparator.comparing(tag -> Reference.parse(tag).map(r -> r.canonicalRepository() + ":" + r.tag()).orElse(tag)));
    }

    /** The images of its steps go with it from the last on, up to one that others are built on, each with the layer that it made. */
    private void forget(Image image, Predicate<Image.Layer> held, List<ImageApi.Removal> done) {
        images.remove(image);
        for (Image.Layer step : image.history().reversed()) {
            String id = step.imageId();
            if (id.equals(Image.MISSING)) {
                return;
            }
            boolean shown = images.stream().anyMatch(i -> i.id().equals(id));
            boolean used = Stream.concat(images.stream(), built.stream()).anyMatch(i -> !i.id().equals(id)
                    && i.history().stream().anyMatch(layer -> layer.imageId().equals(id)));
            if (shown || used) {
                return;
            }
            built.removeIf(i -> i.id().equals(id));
            done.add(new ImageApi.Removal("", id));
            String layer = id.equals(image.id()) ? image.layer() : "layer " + id;
            boolean shared = Stream.concat(images.stream(), built.stream()).anyMatch(i -> i.layer().equals(layer));
            if (ImageInspect.makesLayer(step) && !shared && !held.test(step)) {
                done.add(new ImageApi.Removal("", "sha256:" + Digests.sha256(layer)));
            }
        }
    }

    /**
     * Takes a name away; the image goes with its last.
     *
     * @param held whether a container has the layer of a step, which stays then
     * @return what was done, as the API says it
     */
    public List<ImageApi.Removal> remove(Image image, String term, boolean inUse, boolean force, Predicate<Image.Layer> held)
            throws EngineException {
        var done = new ArrayList<ImageApi.Removal>();
        String name = Reference.parse(term).map(Reference::toString).orElse("");
        boolean byName = image.tags().contains(name);
        if (!byName && image.tags().size() > 1 && !force) {
            throw EngineException.conflict("conflict: unable to delete " + ShortId.of(image.id())
                    + " (must be forced) - image is referenced in multiple repositories");
        }
        List<String> names = byName ? List.of(name) : List.copyOf(image.tags());
        image.tags().removeAll(names);
        names.forEach(n -> done.add(new ImageApi.Removal(n, "")));
        if (image.tags().isEmpty() && !inUse) {
            forget(image, held, done);
        }
        return done;
    }
}
