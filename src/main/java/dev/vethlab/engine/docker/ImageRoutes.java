package dev.vethlab.engine.docker;

import dev.vethlab.engine.docker.api.BuildRequest;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ImageApi;
import dev.vethlab.engine.docker.api.ImageView;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.docker.container.Container;
import dev.vethlab.engine.docker.container.Containers;
import dev.vethlab.engine.docker.image.Builder;
import dev.vethlab.engine.docker.image.CommitChanges;
import dev.vethlab.engine.docker.image.Image;
import dev.vethlab.engine.docker.image.ImageArchive;
import dev.vethlab.engine.docker.image.ImageConfig;
import dev.vethlab.engine.docker.image.ImageInspect;
import dev.vethlab.engine.docker.image.ImageStore;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What requests about images do ({@code api/server/router/image}). */
public final class ImageRoutes implements ImageApi {
    private static final int CONFLICT = 409;

    private final ImageStore images;
    private final Containers containers;
    private final Ids ids;
    private final EventLog events;

    ImageRoutes(ImageStore images, Containers containers, Ids ids, EventLog events) {
        this.events = events;
        this.ids = ids;
        this.images = images;
        this.containers = containers;
    }

    @Override
    public List<Image> all() {
        return images.all();
    }

    @Override
    public Image find(String term) throws EngineException {
        return images.find(term);
    }

    @Override
    public @Nullable Image lookup(String term) {
        return images.lookup(term);
    }

    @Override
    public Value.Struct inspect(String term) throws EngineException {
        return ImageInspect.of(images.find(term));
    }

    @Override
    public Image pull(Reference reference) throws EngineException {
        Image image = images.pull(reference);
        record(image, reference.toString(), "pull");
        return image;
    }

    @Override
    public void tag(String term, Reference name) throws EngineException {
        tag(images.find(term), name);
    }

    private void tag(Image image, Reference name) throws EngineException {
        images.tag(image, name);
        record(image, name.toString(), "tag");
    }

    /** @param name what it is about: a name, or its id ({@code LogImageEvent}) */
    private void record(Image image, String name, String action) {
        var attributes = new TreeMap<>(image.labels());
        attributes.put("name", name);
        events.record("image", action, image.id(), attributes);
    }

    @Override
    public Image commit(String term, @Nullable Reference name, String author, String comment, List<String> changes) throws EngineException {
        Container container = containers.find(term);
        var config = container.image().config().copy();
        config.environment = List.copyOf(container.config().env);
        config.labels.putAll(container.config().labels);
        config.exposedPorts.addAll(container.config().exposedPorts);
        config.command = Objects.requireNonNullElse(container.config().cmd, List.of());
        config.entrypoint = Objects.requireNonNullElse(container.config().entrypoint, List.of());
        config.workingDirectory = container.config().workingDir;
        CommitChanges.apply(changes, config);
        Image image = images.derive("sha256:" + ids.next(), containers.runtime().now(), container.image(), container.files().copy(), config,
                String.join(" ", container.commandLine()), comment).by(author);
        images.show(image);
        record(image, image.id(), "create");
        if (name != null) {
            tag(image, name);
        }
        containers.committed(container, comment, image.id(), name == null ? "" : name.toString());
        return image;
    }

    @Override
    public Bytes save(List<String> names) throws EngineException {
        List<ImageArchive.Saved> wanted = new ArrayList<>();
        for (String name : names) {
            ImageArchive.collect(images, name, wanted);
        }
        Bytes archive = new ImageArchive(images).save(wanted);
        wanted.forEach(saved -> record(saved.image(), saved.image().id(), "save"));
        return archive;
    }

    @Override
    public List<String> load(Bytes archive) throws EngineException {
        var said = new ArrayList<String>();
        String directory = "/var/lib/docker/tmp/docker-import-" + ids.number();
        for (ImageArchive.Saved loaded : new ImageArchive(images).load(archive, directory)) {
            for (String tag : loaded.tags()) {
                images.tag(loaded.image(), Reference.parse(tag).orElseThrow(() -> EngineException.internal("invalid tag \"" + tag + "\"")));
                said.add("Loaded image: " + tag);
            }
            if (loaded.tags().isEmpty()) {
                said.add("Loaded image ID: " + loaded.image().id());
            }
            record(loaded.image(), loaded.image().id(), "load");
        }
        return said;
    }

    @Override
    public Image make(Bytes archive, @Nullable Reference name, String comment, List<String> changes) throws EngineException {
        var config = new ImageConfig();
        config.environment = List.of();
        CommitChanges.apply(changes, config);
        Image image = new ImageArchive(images).fromFiles(archive, "sha256:" + ids.next(), containers.runtime().now(), config,
                comment.isEmpty() ? "Imported from -" : comment);
        if (name != null) {
            tag(image, name);
        }
        record(image, image.id(), "import");
        return image;
    }

    @Override
    public BuildRequest.Result build(EmulatedProcess client, BuildRequest request, Consumer<String> output) throws EngineException {
        return new Builder(images, containers, ids::next, client, request, output).build();
    }

    @Override
    public List<Removal> remove(String term, boolean force) throws EngineException {
        Image image = images.find(term);
        checkUse(image, term, force);
        boolean used = containers.all().stream().anyMatch(c -> c.image() == image && c.state().isRunning());
        List<Removal> done = images.remove(image, term, used, force,
                step -> containers.all().stream().anyMatch(container -> container.image().history().contains(step)));
        for (Removal removal : done) {
            if (!removal.untagged().isEmpty()) {
                record(image, image.id(), "untag");
            } else if (removal.deleted().equals(image.id())) {
                record(image, image.id(), "delete");
            }
        }
        return done;
    }

    @Override
    public Pruned prune(boolean all, Predicate<ImageView> wanted) throws EngineException {
        var done = new ArrayList<Removal>();
        long before = images.layersSize();
        for (Image image : images.all()) {
            if (!wanted.test(image)) {
                continue;
            }
            List<String> terms = image.tags().isEmpty() ? List.of(image.id()) : all ? List.copyOf(image.tags()) : List.of();
            for (String term : terms) {
                try {
                    done.addAll(remove(term, false));
                } catch (EngineException e) {
                    if (e.status() != CONFLICT) {
                        throw e;
                    }
                }
            }
        }
        long freed = before - images.layersSize();
        events.pruned("image", freed);
        return new Pruned(done, freed);
    }

    /** The last name of an image that a container uses is not given up lightly ({@code daemon/images/image_delete.go}). */
    private void checkUse(Image image, String term, boolean force) throws EngineException {
        boolean byName = image.tags().contains(Reference.parse(term).map(Reference::toString).orElse(""));
        if (byName && image.tags().size() > 1) {
            return;
        }
        for (Container container : containers.all()) {
            if (container.image() != image) {
                continue;
            }
            String what = byName ? "conflict: unable to remove repository reference \"" + term + "\""
                    : "conflict: unable to delete " + ShortId.of(image.id());
            if (container.state().isRunning() && !byName) {
                throw EngineException.conflict(what + " (cannot be forced) - image is being used by running container "
                        + ShortId.of(container.id()));
            }
            if (!force) {
                throw EngineException.conflict(byName
                        ? what + " (must force) - container " + ShortId.of(container.id()) + " is using its referenced image "
                                + ShortId.of(image.id())
                        : what + " (must be forced) - image is being used by stopped container " + ShortId.of(container.id()));
            }
        }
    }
}
