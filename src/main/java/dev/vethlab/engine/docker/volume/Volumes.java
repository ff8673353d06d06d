package dev.vethlab.engine.docker.volume;

import dev.vethlab.engine.docker.EventLog;
import dev.vethlab.engine.docker.Ids;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.docker.api.VolumeApi;
import dev.vethlab.engine.docker.api.VolumeView;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The volumes of the driver {@code local}: directories of the host ({@code volume/local}). */
public final class Volumes implements VolumeApi {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
    private static final String DIRECTORY = "/var/lib/docker/volumes/";
    private static final String ANONYMOUS = "com.docker.volume.anonymous";

    /** How many volumes an engine may have. */
    private static final int LIMIT = 64;

    private final FileSystem hostFiles;
    private final Ids ids;
    private final Simulation simulation;
    private final TreeMap<String, VolumeView> volumes = new TreeMap<>();
    private Function<String, List<String>> users = name -> List.of();
    private EventLog events;

    public Volumes(FileSystem hostFiles, Ids ids, Simulation simulation, EventLog events) {
        this.hostFiles = hostFiles;
        this.ids = ids;
        this.simulation = simulation;
        this.events = events;
    }

    /** @param containers the ids of those that have a volume, by its name */
    public void connect(Function<String, List<String>> containers, EventLog log) {
        users = containers;
        events = log;
    }

    @Override
    public List<VolumeView> all() {
        return List.copyOf(volumes.values());
    }

    private VolumeView find(String name) throws EngineException {
        VolumeView found = volumes.get(name);
        if (found == null) {
            throw EngineException.notFound("get " + name + ": no such volume");
        }
        return found;
    }

    @Override
    public Value.Struct inspect(String name) throws EngineException {
        VolumeView volume = find(name);
        return Value.struct("volume.Volume")
                .put("CreatedAt", DockerTime.rfc3339(volume.created()).replaceFirst("\\.\\d+", ""))
                .put("Driver", "local")
                .put("Labels", volume.labels().isEmpty() ? Value.NULL_MAP : Value.map(volume.labels()))
                .put("Mountpoint", volume.mountpoint())
                .put("Name", volume.name())
                .put("Options", Value.NULL_MAP)
                .put("Scope", "local")
                .build();
    }

    @Override
    public VolumeView create(String name, String driver, Map<String, String> labels, Map<String, String> options) throws EngineException {
        if (!driver.isEmpty() && !driver.equals("local")) {
            throw EngineException.notFound("create " + name + ": error looking up volume plugin " + driver + ": plugin \"" + driver
                    + "\" not found");
        }
        VolumeView known = volumes.get(name);
        if (known != null) {
            return known;
        }
        if (name.length() == 1) {
            throw EngineException.badRequest("create " + name
                    + ": volume name is too short, names should be at least two alphanumeric characters");
        }
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw EngineException.badRequest("create " + name + ": \"" + name + "\" includes invalid characters for a local volume name,"
                    + " only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path");
        }
        for (String option : options.keySet()) {
            if (!List.of("type", "o", "device", "size").contains(option)) {
                throw EngineException.badRequest("create " + name + ": invalid option: \"" + option + "\"");
            }
            throw EngineException.notEmulated("a volume's option " + option + " is not emulated");
        }
        if (volumes.size() >= LIMIT) {
            throw EngineException.internal("vethlab: a host may have " + LIMIT + " volumes");
        }
        String chosen = name.isEmpty() ? ids.next() : name;
        var all = new TreeMap<>(labels);
        if (name.isEmpty()) {
            all.put(ANONYMOUS, "");
        }
        String mountpoint = DIRECTORY + chosen + "/_data";
        hostFiles.addDirectory(mountpoint);
        var volume = new VolumeView(chosen, simulation.now(), Collections.unmodifiableMap(all), mountpoint);
        volumes.put(chosen, volume);
        record(chosen, "create");
        return volume;
    }

    @Override
    public void remove(String name, boolean force) throws EngineException {
        if (!volumes.containsKey(name) && force) {
            return;
        }
        find(name);
        List<String> containers = users.apply(name);
        if (!containers.isEmpty()) {
            throw EngineException.conflict("remove " + name + ": volume is in use - [" + String.join(", ", containers) + "]");
        }
        volumes.remove(name);
        hostFiles.removeTree(DIRECTORY + name);
        record(name, "destroy");
    }

    @Override
    public List<String> prune(boolean all) throws EngineException {
        var removed = new ArrayList<String>();
        long bytes = 0;
        for (VolumeView volume : all()) {
            if ((all || volume.labels().containsKey(ANONYMOUS)) && !isUsed(volume.name())) {
                bytes += size(volume.name());
                remove(volume.name(), false);
                removed.add(volume.name());
            }
        }
        events.pruned("volume", bytes);
        return removed;
    }

    @Override
    public long size(String name) {
        return all().stream().filter(v -> v.name().equals(name)).mapToLong(v -> hostFiles.bytesBelow(v.mountpoint())).sum();
    }

    @Override
    public boolean isUsed(String name) {
        return !users.apply(name).isEmpty();
    }

    private void record(String name, String action) {
        events.record("volume", action, name, Collections.singletonMap("driver", "local"));
    }
}
