package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.MountRequest;
import dev.vethlab.engine.docker.api.VolumeView;
import dev.vethlab.engine.docker.volume.Volumes;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mounts that containers ask for, and how they come about ({@code daemon/volumes.go}, {@code volume/mounts/linux_parser.go}). */
final class Mounts {
    private static final String SHARED_MEMORY = "/dev/shm";
    private static final List<String> MODES = List.of("ro", "rw", "z", "Z", "nocopy", "private", "rprivate", "shared", "rshared", "slave",
            "rslave", "consistent", "cached", "delegated");

    private static final List<String> PROPAGATIONS = List.of("private", "rprivate", "shared", "rshared", "slave", "rslave");

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
                points.put(destination, volume("", destination, "", true, MountRequest.VolumeOptions.NONE));
            }
        }
        for (String tmpfs : host.tmpfs) {
            String[] parts = tmpfs.split(":", 2);
            Temporary temporary = Temporary.parse(parts.length > 1 ? parts[1] : "");
            if (!parts[0].startsWith("/")) {
                throw EngineException.badRequest("invalid mount path: '" + parts[0] + "' mount path must be absolute");
            }
            if (parts[0].matches("/+")) {
                throw EngineException.badRequest("invalid specification: destination can't be '/'");
            }
            points.put(parts[0], MountPoint.temporary(parts[0], temporary));
        }
        return List.copyOf(points.values());
    }

    private static void add(Map<String, MountPoint> points, MountPoint point) throws EngineException {
        if (points.put(point.destination(), point) != null) {
            throw EngineException.badRequest("Duplicate mount point: " + point.destination());
        }
    }

    private MountPoint volume(String name, String destination, String mode, boolean writable, MountRequest.VolumeOptions options)
            throws EngineException {
        VolumeView volume = volumes.create(name, options.driver(), options.labels(), options.driverOptions());
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
                    + "': invalid mount config for type \"" + (named ? "volume" : "bind")
                    + "\": invalid specification: destination can't be '/'");
        }
        if (named) {
            return volume(parts[0], parts[1], mode.isEmpty() ? "z" : mode, writable, MountRequest.VolumeOptions.NONE);
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
        if (!List.of("tmpfs", "volume", "bind").contains(request.type())) {
            throw EngineException.badRequest(wrong + "mount type unknown");
        }
        checkAbsolute(request.target(), wrong);
        switch (request.type()) {
            case "tmpfs" -> {
                if (!request.source().isEmpty()) {
                    throw EngineException.badRequest(wrong + "field Source must not be specified");
                }
                return MountPoint.temporary(request.target(), Temporary.of(request));
            }
            case "volume" -> {
                MountRequest.VolumeOptions options = request.volume();
                return volume(request.source(), request.target(), "z", !request.readOnly(),
                        options == null ? MountRequest.VolumeOptions.NONE : options);
            }
            case "bind" -> {
                if (request.source().isEmpty()) {
                    throw EngineException.badRequest(wrong + "field Source must not be empty");
                }
                if (!request.propagation().isEmpty() && !PROPAGATIONS.contains(request.propagation())) {
                    throw EngineException.badRequest(wrong + "invalid propagation mode: " + request.propagation());
                }
                checkAbsolute(request.source(), wrong);
                if (!daemon.context().files().exists(daemon, request.source())) {
                    throw EngineException.badRequest(wrong + "bind source path does not exist: " + request.source());
                }
                return new MountPoint("bind", "", request.source(), request.target(), "", !request.readOnly(), false);
            }
            default -> throw EngineException.badRequest(wrong + "mount type unknown");
        }
    }

    private static void checkAbsolute(String path, String wrong) throws EngineException {
        if (!path.startsWith("/")) {
            throw EngineException.badRequest(wrong + "invalid mount path: '" + path + "' mount path must be absolute");
        }
    }

    /** Mounts them; an empty volume gets what the image has in its place first ({@code CopyImagePathContent}). */
    void apply(Container container) throws EngineException {
        FileSystem host = daemon.context().files();
        FileSystem files = container.files();
        container.forgetTemporary();
        container.mountTemporary(SHARED_MEMORY, daemon.network().kernel(), Temporary.sharedMemory(container.hostConfig().shmSize));
        for (MountPoint point : container.mounts()) {
            Temporary temporary = point.temporary();
            if (temporary != null) {
                container.mountTemporary(point.destination(), daemon.network().kernel(), temporary);
                continue;
            }
            if (point.type().equals("volume") && !point.mode().contains("nocopy")) {
                fill(host, point.source(), container.image().files(), point.destination());
            }
            checkMountable(files, host, point);
            files.mount(point.destination(), host, point.source(), !point.writable());
        }
    }

    /** A directory covers a directory and a file a file, or mount(2) refuses; what is missing is made ({@code rootfs_linux.go}). */
    private void checkMountable(FileSystem files, FileSystem host, MountPoint point) throws EngineException {
        String target = point.destination();
        String failed = "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: "
                + "unable to start container process: error during container init: error mounting \"" + point.source() + "\" to rootfs at \""
                + target + "\": ";
        String why = "not a directory: Are you trying to mount a directory onto a file (or vice-versa)? "
                + "Check if the specified host path exists and is the expected type";
        try {
            if (files.stat(daemon, target).isDirectory() != host.isDirectory(daemon, point.source())) {
                throw EngineException.badRequest(failed + "mount src=" + point.source() + ", dst=" + target
                        + ", dstFd=/proc/thread-self/fd/14, flags=MS_BIND|MS_REC" + (point.writable() ? "" : "|MS_RDONLY") + ": " + why);
            }
        } catch (KernelException e) {
            if (e.errno() == Errno.ENOTDIR) {
                throw EngineException.badRequest(failed + "create mountpoint for " + target
                        + " mount: lookup mountpoint target: securejoin.OpenInRoot " + target + ": openat2 " + target + ": " + why);
            }
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
        Node original = from.stat(daemon, source);
        to.changeOwner(daemon, target, original.uid(), original.gid(), true);
        to.changeMode(daemon, target, original.mode());
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
