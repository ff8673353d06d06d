package dev.vethlab.engine.docker.api;

/** The engine said no; {@link #status} is the HTTP status that its API answers with, the message the API's {@code message}. */
public final class EngineException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    public EngineException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public static EngineException badRequest(String message) {
        return new EngineException(400, message);
    }

    public static EngineException forbidden(String message) {
        return new EngineException(403, message);
    }

    public static EngineException notFound(String message) {
        return new EngineException(404, message);
    }

    public static EngineException conflict(String message) {
        return new EngineException(409, message);
    }

    public static EngineException internal(String message) {
        return new EngineException(500, message);
    }

    /** What Docker can do and this engine does not emulate: the client says so with a {@code vethlab:} line. */
    public static EngineException notEmulated(String what) {
        return new EngineException(501, what);
    }

    /** Nobody answers: an error of the client's, not of the engine. */
    public static EngineException unreachable() {
        return new EngineException(0, "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?");
    }

    public boolean isUnreachable() {
        return status == 0;
    }

    public int status() {
        return status;
    }

    public boolean isNotEmulated() {
        return status == 501;
    }

    public String message() {
        return java.util.Objects.requireNonNull(getMessage());
    }

    /** The same error, wrapped as Go's {@code fmt.Errorf("prefix: %w")} does. */
    public EngineException within(String prefix) {
        return new EngineException(status, prefix + ": " + message());
    }
}
