package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ImageApi;
import dev.vethlab.engine.docker.api.ImageView;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.docker.api.ShortId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code images}, {@code pull}, {@code tag}, {@code rmi}, {@code history}. */
final class ImageCommands {
    private static final Table IMAGES = images();
    private static final Table HISTORY = historyTable();
    private static final int CREATED_BY = 45;

    static final List<Command> ALL = List.of(
            new Command("[OPTIONS] [REPOSITORY[:TAG]]", "List images", 0, 1, true, Flags.declare("""
                    -a, --all   Show all images (default hides intermediate images)
                    --digests   Show digests
                    -f, --filter filter   Filter output based on conditions provided
                    """ + ListCommands.FORMAT_FLAG + """
                    --no-trunc   Don't truncate output
                    -q, --quiet   Only show image IDs
                    !--tree   List multi-platform images as a tree (EXPERIMENTAL)
                    """), List.of("image ls", "image list", "images"), ImageCommands::list),
            new Command("[OPTIONS] NAME[:TAG|@DIGEST]", "Download an image from a registry", 1, 1, true, Flags.declare("""
                    !-a, --all-tags   Download all tagged images in the repository
                    !--disable-content-trust   Skip image verification (default true)
                    !--platform string   Set platform if server is multi-platform capable
                    -q, --quiet   Suppress verbose output
                    """), List.of("image pull", "pull"), ImageCommands::pull),
            new Command("SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]", "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE", 2, 2, true,
                    Flags.NONE, List.of("image tag", "tag"), ImageCommands::tag),
            new Command("[OPTIONS] IMAGE [IMAGE...]", "Remove one or more images", 1, -1, true, Flags.declare("""
                    -f, --force   Force removal of the image
                    --no-prune   Do not delete untagged parents
                    !--platform strings   Remove only the given platform variant
                    """), List.of("image rm", "image remove", "rmi"), ImageCommands::remove),
            new Command("[OPTIONS] IMAGE", "Show the history of an image", 1, 1, true, Flags.declare(ListCommands.FORMAT_FLAG + """
                    -H, --human   Print sizes and dates in human readable format (default true)
                    --no-trunc   Don't truncate output
                    !--platform string   Show history for the given platform
                    -q, --quiet   Only show image IDs
                    """), List.of("image history", "history"), ImageCommands::history));

    private ImageCommands() {}

    private static Table images() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Repository", "REPOSITORY");
        headers.put("Tag", "TAG");
        headers.put("Digest", "DIGEST");
        headers.put("ID", "IMAGE ID");
        headers.put("CreatedSince", "CREATED");
        headers.put("CreatedAt", "CREATED AT");
        headers.put("Size", "SIZE");
        headers.put("Containers", "CONTAINERS");
        headers.put("VirtualSize", "SIZE");
        headers.put("SharedSize", "SHARED SIZE");
        headers.put("UniqueSize", "UNIQUE SIZE");
        return new Table("*formatter.imageContext", headers, "{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}");
    }

    private static Table historyTable() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ID", "IMAGE");
        headers.put("CreatedSince", "CREATED");
        headers.put("CreatedAt", "CREATED AT");
        headers.put("CreatedBy", "CREATED BY");
        headers.put("Size", "SIZE");
        headers.put("Comment", "COMMENT");
        return new Table("*image.historyContext", headers, "{{.ID}}\t{{.CreatedSince}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}");
    }

    // ---- list ----

    /** An image by one of its names. */
    private record Named(ImageView image, String repository, String tag) {}

    private static int list(Command.Call call) throws EngineException {
        ParsedFlags flags = call.flags();
        Map<String, List<String>> wanted = ContainerFilter.pairs(flags.texts("filter"),
                List.of("before", "dangling", "label", "reference", "since", "until"));
        String name = call.arguments().isEmpty() ? "" : call.argument(0);
        var shown = new ArrayList<Named>();
        var images = new ArrayList<ImageView>(call.engine().images().all().reversed());
        images.sort(Comparator.comparingLong(ImageView::created).reversed());
        for (ImageView image : images) {
            for (String full : image.tags()) {
                int colon = full.lastIndexOf(':');
                var named = new Named(image, full.substring(0, colon), full.substring(colon + 1));
                boolean matches = name.isEmpty() || isCalled(named, name);
                if (matches && accepts(named, wanted)) {
                    shown.add(named);
                }
            }
            if (image.tags().isEmpty() && name.isEmpty()) {
                shown.add(new Named(image, "<none>", "<none>"));
            }
        }
        boolean full = flags.flag("no-trunc");
        if (flags.flag("quiet") && !flags.has("format")) {
            shown.forEach(n -> call.println(full ? n.image().id() : ShortId.of(n.image().id())));
            return 0;
        }
        String format = RawFormat.expand(IMAGES.type(), flags.text("format"), flags.flag("quiet"), false);
        if (format.isEmpty() && flags.flag("digests")) {
            format = "table {{.Repository}}\t{{.Tag}}\t{{.Digest}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}";
        }
        return IMAGES.print(call.self(), shown.stream().map(n -> row(n, call, full)).toList(), format);
    }

    private static boolean isCalled(Named named, String name) {
        int colon = name.lastIndexOf(':');
        boolean tagged = colon > name.lastIndexOf('/');
        return named.repository().equals(tagged ? name.substring(0, colon) : name)
                && (!tagged || named.tag().equals(name.substring(colon + 1)));
    }

    private static boolean accepts(Named named, Map<String, List<String>> wanted) {
        return wanted.entrySet().stream().allMatch(entry -> entry.getValue().stream().anyMatch(value -> switch (entry.getKey()) {
            case "dangling" -> value.equals("true") == named.image().tags().isEmpty();
            case "label" -> ContainerFilter.hasLabel(named.image().labels(), value);
            case "reference" -> matches(value, named.repository()) || matches(value, named.repository() + ":" + named.tag());
            default -> true;
        }));
    }

    private static boolean matches(String pattern, String text) {
        return text.matches(java.util.regex.Pattern.quote(pattern).replace("*", "\\E[^/]*\\Q").replace("?", "\\E[^/]\\Q"));
    }

    private static Table.Row row(Named named, Command.Call call, boolean full) {
        return row(named.image(), named.repository() + ":" + named.tag(), call, full);
    }

    /** An image by one of its names, {@code repository:tag}. */
    static Table.Row row(ImageView image, String name, Command.Call call, boolean full) {
        int colon = name.lastIndexOf(':');
        long users = call.engine().containers().all().stream().filter(c -> c.imageId().equals(image.id())).count();
        return new Table.Row()
                .put("Containers", Long.toString(users))
                .put("CreatedAt", DockerTime.spoken(image.created()))
                .put("CreatedSince", Units.ago(call.self().now() - image.created()))
                .put("Digest", "<none>")
                .put("ID", full ? image.id() : ShortId.of(image.id()))
                .put("Repository", name.substring(0, colon))
                .put("SharedSize", "N/A")
                .put("Size", Units.size(image.size()))
                .put("Tag", name.substring(colon + 1))
                .put("UniqueSize", "N/A")
                .put("VirtualSize", Units.decimalSize(image.size(), 4));
    }

    // ---- pull, tag, remove ----

    private static int pull(Command.Call call) throws EngineException {
        String name = call.argument(0);
        Reference reference = Reference.parse(name).orElse(null);
        if (reference == null) {
            call.error(Reference.complaint(name));
            return 1;
        }
        boolean quiet = call.flags().flag("quiet");
        if (!name.endsWith(":" + reference.tag()) && !quiet) {
            call.println("Using default tag: latest");
        }
        pull(call, reference, quiet);
        call.println(reference.canonicalRepository() + ":" + reference.tag());
        return 0;
    }

    /** Gets an image, saying how it goes. */
    static void pull(Command.Call call, Reference reference, boolean quiet) throws EngineException {
        ImageApi images = call.engine().images();
        boolean fresh = images.lookup(reference.toString()) == null;
        ImageView image = images.pull(reference);
        if (quiet) {
            return;
        }
        call.println(reference.tag() + ": Pulling from " + reference.canonicalRepository().substring("docker.io/".length()));
        if (fresh) {
            image.history().forEach(layer -> call.println(ShortId.of(layer.imageId()) + ": Pull complete"));
        }
        call.println("Digest: " + image.id());
        call.println(fresh ? "Status: Downloaded newer image for " + reference : "Status: Image is up to date for " + reference);
    }

    private static int tag(Command.Call call) throws EngineException {
        ImageView image = call.engine().images().find(call.argument(0));
        Reference target = Reference.parse(call.argument(1)).orElse(null);
        if (target == null) {
            call.error("Error parsing reference: \"" + call.argument(1) + "\" is not a valid repository/tag: "
                    + Reference.complaint(call.argument(1)));
            return 1;
        }
        call.engine().images().tag(image.id(), target);
        return 0;
    }

    private static int remove(Command.Call call) {
        boolean force = call.flags().flag("force");
        var failures = new Failures();
        var absent = new Failures();
        for (String term : call.arguments()) {
            try {
                for (ImageApi.Removal removal : call.engine().images().remove(term, force)) {
                    call.println(removal.deleted().isEmpty() ? "Untagged: " + removal.untagged() : "Deleted: " + removal.deleted());
                }
            } catch (EngineException e) {
                (force && e.status() == 404 ? absent : failures).add(e);
            }
        }
        absent.answer(call);
        return failures.answer(call);
    }

    // ---- history ----

    private static int history(Command.Call call) throws EngineException {
        ImageView image = call.engine().images().find(call.argument(0));
        boolean full = call.flags().flag("no-trunc");
        var rows = new ArrayList<Table.Row>();
        for (ImageView.Layer layer : image.history().reversed()) {
            String id = full ? layer.imageId() : ShortId.of(layer.imageId());
            if (call.flags().flag("quiet")) {
                call.println(id);
                continue;
            }
            rows.add(new Table.Row()
                    .put("Comment", layer.comment())
                    .put("CreatedAt", DockerTime.rfc3339(layer.created()))
                    .put("CreatedBy", full ? layer.createdBy() : ListCommands.ellipsis(layer.createdBy(), CREATED_BY))
                    .put("CreatedSince", Units.ago(call.self().now() - layer.created()))
                    .put("ID", id)
                    .put("Size", Units.size(layer.size())));
        }
        return call.flags().flag("quiet") ? 0 : HISTORY.print(call.self(), rows, call.flags().text("format"));
    }
}
