package dev.vethlab.engine.docker.api;

/**
 * The Docker Engine as its clients see it: the operations of the Engine API v1.51, grouped as its documentation groups them. Each
 * operation names its route; errors are {@link EngineException}s with the status and message that the route answers.
 *
 * <p>Operations that wait do so in the name of the process that asks. Streams (logs, attach, events) are handed out as something to
 * read from a position on, with a queue to wait at: an HTTP server would send the same bytes down a hijacked connection.
 */
public interface EngineApi {
    String VERSION = "28.5.2";
    String API_VERSION = "1.51";

    /** {@code GET /_ping}: whether the engine answers. */
    boolean ping();

    ContainerApi containers();

    ImageApi images();

    NetworkApi networks();

    VolumeApi volumes();

    /** {@code GET /info}. */
    SystemInfo info();

    /** {@code GET /events}. */
    EventStream events();
}
