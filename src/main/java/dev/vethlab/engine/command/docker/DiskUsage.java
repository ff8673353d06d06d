package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.template.Template;
import dev.vethlab.engine.command.docker.template.TemplateException;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ImageView;
import dev.vethlab.engine.docker.api.Json;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.docker.api.VolumeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code docker system df}: what images, containers and volumes weigh ({@code cli/command/formatter/disk_usage.go}). */
final class DiskUsage {
    private static final int DIGITS = 4;
    private static final int PARSE_ERROR = 64;

    private static final Table SUMMARY = table("*formatter.diskUsageContext",
            "{{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}",
            "Type", "TYPE", "TotalCount", "TOTAL", "Active", "ACTIVE", "Size", "SIZE", "Reclaimable", "RECLAIMABLE");
    private static final Table IMAGES = table("*formatter.imageContext",
            "{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}\t{{.SharedSize}}\t{{.UniqueSize}}\t{{.Containers}}",
            "Repository", "REPOSITORY", "Tag", "TAG", "ID", "IMAGE ID", "CreatedSince", "CREATED", "Size", "SIZE", "SharedSize",
            "SHARED SIZE", "UniqueSize", "UNIQUE SIZE", "Containers", "CONTAINERS");
    private static final Table CONTAINERS = table("*formatter.ContainerContext",
            "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t{{.Status}}\t{{.Names}}",
            "ID", "CONTAINER ID", "Image", "IMAGE", "Command", "COMMAND", "LocalVolumes", "LOCAL VOLUMES", "Size", "SIZE", "RunningFor",
            "CREATED", "Status", "STATUS", "Names", "NAMES");
    private static final Table VOLUMES = table("*formatter.volumeContext", "{{.Name}}\t{{.Links}}\t{{.Size}}",
            "Name", "VOLUME NAME", "Links", "LINKS", "Size", "SIZE");
    private static final Table CACHE = table("*formatter.buildCacheContext",
            "{{.ID}}\t{{.CacheType}}\t{{.Size}}\t{{.CreatedSince}}\t{{.LastUsedSince}}\t{{.UsageCount}}\t{{.Shared}}",
            "ID", "CACHE ID", "CacheType", "CACHE TYPE", "Size", "SIZE", "CreatedSince", "CREATED", "LastUsedSince", "LAST USED",
            "UsageCount", "USAGE", "Shared", "SHARED");

    private final Command.Call call;
    private final EngineApi engine;

    private DiskUsage(Command.Call call) {
        this.call = call;
        this.engine = call.engine();
    }

    private static Table table(String type, String standard, String... names) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i += 2) {
            headers.put(names[i], names[i + 1]);
        }
        return new Table(type, headers, standard);
    }

    static int show(Command.Call call) throws EngineException {
        var usage = new DiskUsage(call);
        return call.flags().flag("verbose") ? usage.details(call.flags().text("format")) : usage.summary();
    }

    // ---- in sum ----

    private int summary() throws EngineException {
        var rows = new ArrayList<Table.Row>();
        rows.add(imagesInSum());
        long written = 0;
        long idle = 0;
        int active = 0;
        List<? extends ContainerView> containers = engine.containers().all();
        for (ContainerView container : containers) {
            long size = engine.containers().writtenSize(container.id());
            boolean isActive = container.state().isRunning() || container.state().isRestarting();
            written += size;
            idle += isActive ? 0 : size;
            active += isActive ? 1 : 0;
        }
        rows.add(row("Containers", containers.size(), active, written, idle));
        long kept = 0;
        long unused = 0;
        int links = 0;
        for (VolumeView volume : engine.volumes().all()) {
            boolean used = engine.volumes().isUsed(volume.name());
            kept += engine.volumes().size(volume.name());
            unused += used ? 0 : engine.volumes().size(volume.name());
            links += used ? 1 : 0;
        }
        rows.add(row("Local Volumes", engine.volumes().all().size(), links, kept, unused));
        rows.add(row("Build Cache", 0, 0, 0, 0).put("Reclaimable", "0B"));
        return SUMMARY.print(call.self(), rows, RawFormat.expand(SUMMARY.type(), call.flags().text("format"), false, false));
    }

    private Table.Row imagesInSum() {
        long size = engine.info().layersSize();
        long used = 0;
        int active = 0;
        for (ImageView image : engine.images().all()) {
            if (users(image) > 0) {
                used += image.size() - shared(image);
                active++;
            }
        }
        return row("Images", engine.images().all().size(), active, size, size - used);
    }

    private static Table.Row row(String type, int total, int active, long size, long reclaimable) {
        return new Table.Row().put("Active", Integer.toString(active))
                .put("Reclaimable", text(reclaimable) + (size > 0 ? " (" + reclaimable * 100 / size + "%)" : ""))
                .put("Size", text(size)).put("TotalCount", Integer.toString(total)).put("Type", type);
    }

    private static String text(long bytes) {
        return Units.decimalSize(bytes, DIGITS);
    }

    private long users(ImageView image) {
        return engine.containers().all().stream().filter(container -> container.imageId().equals(image.id())).count();
    }

    /** Bytes of its layers that another image has, too. */
    private long shared(ImageView image) {
        return image.history().stream().filter(layer -> engine.images().all().stream()
                .anyMatch(other -> other != image && other.history().contains(layer))).mapToLong(ImageView.Layer::size).sum();
    }

    // ---- one by one ----

    private int details(String format) throws EngineException {
        boolean full = !format.isEmpty();
        List<Table.Row> images = images(full);
        List<Table.Row> containers = new ArrayList<>();
        for (ContainerView container : engine.containers().all()) {
            long written = engine.containers().writtenSize(container.id());
            containers.add(ListCommands.row(container, call.self().now(), full, Units.size(written)));
        }
        List<Table.Row> volumes = volumes();
        if (full) {
            return byTemplate(format, images, containers, volumes);
        }
        call.println("Images space usage:\n");
        IMAGES.print(call.self(), images, "");
        call.println("\nContainers space usage:\n");
        CONTAINERS.print(call.self(), containers, "");
        call.println("\nLocal Volumes space usage:\n");
        VOLUMES.print(call.self(), volumes, "");
        call.println("\nBuild cache usage: 0B\n");
        CACHE.print(call.self(), List.of(), "");
        call.println("");
        return 0;
    }

    private List<Table.Row> images(boolean full) {
        var rows = new ArrayList<Table.Row>();
        var images = new ArrayList<ImageView>(engine.images().all().reversed());
        images.sort(Comparator.comparingLong(ImageView::created).reversed());
        for (ImageView image : images) {
            long shared = shared(image);
            rows.add(ImageCommands.row(image, image.tags().isEmpty() ? "<none>:<none>" : image.tags().getFirst(), call, full)
                    .put("Digest", "").put("SharedSize", text(shared)).put("UniqueSize", text(image.size() - shared)));
        }
        return rows;
    }

    private List<Table.Row> volumes() {
        var rows = new ArrayList<Table.Row>();
        for (VolumeView volume : engine.volumes().all()) {
            long links = engine.containers().all().stream().filter(container -> container.mountNames().contains(volume.name())).count();
            rows.add(new Table.Row().put("Availability", "N/A").put("Driver", "local").put("Group", "N/A")
                    .put("Labels", String.join(",", volume.labels().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList()))
                    .put("Links", Long.toString(links)).put("Mountpoint", volume.mountpoint()).put("Name", volume.name())
                    .put("Scope", "local").put("Size", text(engine.volumes().size(volume.name()))).put("Status", "N/A"));
        }
        return rows;
    }

    private int byTemplate(String format, List<Table.Row> images, List<Table.Row> containers, List<Table.Row> volumes) {
        Value all = Value.struct("*formatter.diskUsageContext").put("Images", Table.values(images)).put("Containers", Table.values(containers))
                .put("Volumes", Table.values(volumes)).put("BuildCache", Value.EMPTY_SLICE).build();
        if (format.equals("json")) {
            call.self().print(Json.compact(all));
            return 0;
        }
        try {
            call.self().print(Template.parse(format).execute(TemplateData.of(all)));
            return 0;
        } catch (TemplateException e) {
            call.error((e.isParsing() ? "template parsing error: " : "") + e.getMessage());
            return e.isParsing() ? PARSE_ERROR : 1;
        }
    }
}
