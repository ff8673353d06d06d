package dev.vethlab.engine.docker.api;

import dev.vethlab.engine.process.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The request to build an image ({@code POST /build}). */
public final class BuildRequest {
    /** The build context: what the client sends, its root the context's root. */
    public final FileSystem context;

    /** The Dockerfile's path in the context. */
    public String dockerfile = "Dockerfile";

    public final List<Reference> tags = new ArrayList<>();
    public final Map<String, String> arguments = new TreeMap<>();
    public final Map<String, String> labels = new TreeMap<>();
    public boolean noCache;

    /** Whether the containers of steps go when the step is done. */
    public boolean removeIntermediate = true;

    /** The stage to stop at, by name or number; empty for the last. */
    public String target = "";

    public BuildRequest(FileSystem context) {
        this.context = context;
    }

    /**
     * How a build ended.
     *
     * @param image its id; empty if it failed
     * @param error why it failed; empty if it did not
     * @param code what the client ends with: the status of the command that failed, or 1
     */
    public record Result(String image, String error, int code) {}
}
