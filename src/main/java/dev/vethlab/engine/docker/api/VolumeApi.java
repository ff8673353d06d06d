package dev.vethlab.engine.docker.api;

import java.util.List;
import java.util.Map;

/** Operations on volumes, by name. */
public interface VolumeApi {
    /** {@code GET /volumes}: by name. */
    List<VolumeView> all();

    /** {@code GET /volumes/{name}}. */
    Value.Struct inspect(String name) throws EngineException;

    /** {@code POST /volumes/create}; {@code name} may be empty; nothing if it is there. */
    VolumeView create(String name, String driver, Map<String, String> labels, Map<String, String> options) throws EngineException;

    /** {@code DELETE /volumes/{name}}. */
    void remove(String name, boolean force) throws EngineException;

    /** {@code POST /volumes/prune}: the names of those that went; {@code all} with those that were given a name. */
    List<String> prune(boolean all) throws EngineException;

    /** How many bytes its files have. */
    long size(String name);

    /** Whether a container has it. */
    boolean isUsed(String name);
}
