package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.MountRequest;
import dev.vethlab.engine.docker.api.VolumeView;
import dev.vethlab.engine.docker.volume.Volumes;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mounts that containers ask for, and how they come about ({@code daemon/volumes.go}, {@code volume/mounts/linux_parser.go}). */
final class Mounts {
    private static final List<String> MODES = List.of("ro", "rw", "z", "Z", "nocopy", "private", "rprivate", "shared", "rshared", "slave",
            "rslave", "consistent", "cached", "delegated");

    private final EmulatedProcess daemon;
    private final Volumes volumes;

    Mounts(EmulatedProcess daemon, Volumes volumes) {
        this.daemon = daemon;
        this.volumes = volumes;
    }

    /** What a container will have, by destination; volumes that are not there yet are made. */
    List<MountPoint> make(ContainerConfig config, HostConfig host, ContainerIndex others) throws EngineException {
        Map<String, MountPoint> points = new LinkedHashMap<>();
        for (String from : host.volumesFrom) {
            int colon = from.indexOf(':');
            for (MountPoint point : others.find(colon < 0 ? from : from.substring(0, colon)).mounts()) {
                points.put(point.destination(), point);
            }
        }
        for (String bind : host.binds) {
            add(points, bind(bind));
        }
        for (MountRequest request : host.mounts) {
            add(points, mount(request));
        }
        for (String destination : config.volumes) {
            if (!points.containsKey(destination)) {
                points.put(destination, volume("", destination, "", true));
            }
        }
        for (String tmpfs : host.tmpfs) {
            String destination = tmpfs.split(":", 2)[0];
            points.put(destination, new MountPoint("tmpfs", "", "", destination, "", true, false));
        }
        return List.copyOf(points.values());
    }

    private static void add(Map<String, MountPoint> points, MountPoint point) throws EngineException {
        if (points.put(point.destination(), point) != null) {
            throw EngineException.badRequest("Duplicate mount point: " + point.destination());
        }
    }

    private MountPoint volume(String name, String destination, String mode, boolean writable) throws EngineException {
        VolumeView volume = volumes.create(name, "", Collections.emptyMap(), Collections.emptyMap());
        return new MountPoint("volume", volume.name(), volume.mountpoint(), destination, mode, writable, name.isEmpty());
    }

    /** {@code source:destination[:mode]}. */
    private MountPoint bind(String text) throws EngineException {
        String[] parts = text.split(":", -1);
        if (parts.length > 3 || parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw EngineException.badRequest("invalid volume specification: '" + text + "'");
        }
        String mode = parts.length > 2 ? parts[2] : "";
        for (String word : mode.isEmpty() ? new String[0] : mode.split(",")) {
            if (!MODES.contains(word)) {
                throw EngineException.badRequest("invalid mode: " + mode);
            }
        }
        boolean writable = !List.of(mode.split(",")).contains("ro");
        boolean named = !parts[0].startsWith("/");
        if (!parts[1].startsWith("/")) {
            throw EngineException.badRequest("invalid volume specification: '" + text + "': invalid mount config for type \""
                    + (named ? "volume" : "bind") + "\": invalid mount path: '" + parts[1] + "' mount path must be absolute");
        }
        if (parts[1].equals("/")) {
            throw EngineException.badRequest("invalid volume specification: '" + text
                    + "': invalid specification: destination can't be '/'");
        }
        if (named) {
            return volume(parts[0], parts[1], mode.isEmpty() ? "z" : mode, writable);
        }
        FileSystem host = daemon.context().files();
        if (!host.exists(daemon, parts[0])) {
            host.addDirectory(parts[0]);
        }
        return new MountPoint("bind", "", parts[0], parts[1], mode, writable, false);
    }

    private MountPoint mount(MountRequest request) throws EngineException {
        String wrong = "invalid mount config for type \"" + request.type() + "\": ";
        if (request.target().isEmpty()) {
            throw EngineException.badRequest(wrong + "field Target must not be empty");
        }
        switch (request.type()) {
            case "tmpfs" -> {
                return new MountPoint("tmpfs", "", "", request.target(), "", true, false);
            }
            case "volume" -> {
                return volume(request.source(), request.target(), "z", !request.readOnly());
            }
            case "bind" -> {
                if (request.source().isEmpty()) {
                    throw EngineException.badRequest(wrong + "field Source must not be empty");
                }
                if (!daemon.context().files().exists(daemon, request.source())) {
                    throw EngineException.badRequest(wrong + "bind source path does not exist: " + request.source());
                }
                return new MountPoint("bind", "", request.source(), request.target(), "", !request.readOnly(), false);
            }
            default -> throw EngineException.badRequest(wrong + "mount type unknown");
        }
    }

    /** Mounts them; an empty volume gets what the image has in its place first ({@code CopyImagePathContent}). */
    void apply(Container container) {
        FileSystem host = daemon.context().files();
        FileSystem files = container.files();
        container.forgetTemporary();
        for (MountPoint point : container.mounts()) {
            if (point.type().equals("tmpfs")) {
                container.mountTemporary(point.destination(), daemon.network().kernel());
                continue;
            }
            if (point.type().equals("volume")) {
                fill(host, point.source(), container.image().files(), point.destination());
            }
            files.mount(point.destination(), host, point.source(), !point.writable());
        }
    }

    private void fill(FileSystem host, String directory, FileSystem image, String path) {
        try {
            if (image.isDirectory(daemon, path) && host.list(daemon, directory).isEmpty()) {
                copy(image, path, host, directory);
            }
        } catch (KernelException e) {
            // there is no room: the volume stays as far as it got, as the engine's copy does
        }
    }

    private void copy(FileSystem from, String source, FileSystem to, String target) throws KernelException {
        for (String name : from.list(daemon, source).keySet()) {
            String here = source + "/" + name;
            String there = target + "/" + name;
            if (from.isDirectory(daemon, here)) {
                to.makeDirectory(daemon, there);
                copy(from, here, to, there);
            } else {
                to.writeAll(daemon, there, from.readAll(daemon, here));
            }
        }
    }

    /** Takes the volumes away that were made for a container and have no name. */
    void removeAnonymous(Container container) {
        for (MountPoint point : container.mounts()) {
            if (point.anonymous() && !volumes.isUsed(point.name())) {
                try {
                    volumes.remove(point.name(), true);
                } catch (EngineException e) {
                    // somebody else has it now: it stays
                }
            }
        }
    }
}
