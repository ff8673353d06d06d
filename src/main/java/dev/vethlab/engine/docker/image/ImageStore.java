package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ImageApi;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.process.Executable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The images on hand: made as the recorded ones were, and a registry that has one more. */
public final class ImageStore {
    private static final int LIMIT = 100;

    private final List<Image> images = new ArrayList<>();
    private final List<Image> registry = new ArrayList<>();

    /** @param programs by name; an image has those of them that its like has */
    public ImageStore(Map<String, Executable> programs) {
        var recipes = new ImageRecipes(programs);
        images.addAll(recipes.onHand());
        registry.addAll(images);
        registry.addAll(recipes.toPull());
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
        List<Image> matches = images.stream().filter(i -> i.id().startsWith("sha256:" + digits)).toList();
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

    /** Gives an image one more name, taking it from another if need be. */
    public void tag(Image image, Reference name) throws EngineException {
        if (images.stream().mapToInt(i -> i.tags().size()).sum() >= LIMIT) {
            throw EngineException.internal("vethlab: no more than " + LIMIT + " image names are kept");
        }
        images.forEach(other -> other.tags().remove(name.toString()));
        image.tags().add(name.toString());
        image.tags().sort(null);
    }

    /** Takes a name away; the image goes with its last. Returns what was done, as the API says it. */
    public List<ImageApi.Removal> remove(Image image, String term, boolean inUse, boolean force) throws EngineException {
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
            images.remove(image);
            done.add(new ImageApi.Removal("", image.id()));
        }
        return done;
    }
}
