package dev.vethlab.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A browser's side of the socket. Every message, either way, must be as the protocol's schema says. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
    private static final Path SCHEMA = Path.of("frontend/src/protocol/protocol.schema.json");
    private static final int PATIENCE_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Comes behind the last message. */
    private static final JsonNode CLOSED = JSON.nullNode();

    private static final JsonSchema CLIENT = schema("ClientMessage");
    private static final JsonSchema SERVER = schema("ServerMessage");

    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private volatile boolean reads = true;
    private final WebSocket socket;

    private SocketClient(URI server, String session, @Nullable String cookie) {
        var builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (cookie != null) {
            builder.header("Cookie", cookie);
        }
        socket = builder.buildAsync(URI.create("ws://" + server.getAuthority() + "/ws/v1/sessions/" + session), this).join();
    }

    static SocketClient connect(URI server, String session) {
        return new SocketClient(server, session, null);
    }

    static SocketClient connect(URI server, String session, String cookie) {
        return new SocketClient(server, session, cookie);
    }

    /** The server closed the socket while something was awaited of it. */
    static final class ClosedException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int code;

        ClosedException(int code) {
            super("closed with " + code);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** A schema of one of the protocol's definitions. */
    static JsonSchema schema(String definition) {
        try {
            var root = (com.fasterxml.jackson.databind.node.ObjectNode) JSON.readTree(Files.readString(SCHEMA));
            root.remove("anyOf");
            root.put("$ref", "#/$defs/" + definition);
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a message of the protocol. */
    void send(String message) {
        assertThat(CLIENT.validate(parse(message))).as(message).isEmpty();
        sendAnything(message);
    }

    void sendAnything(String message) {
        socket.sendText(message, true).join();
    }

    /** The next message of a type; those before it are let go. */
    JsonNode next(String type) {
        return until(type).getLast();
    }

    /** All messages up to the next of a type. */
    List<JsonNode> until(String type) {
        List<JsonNode> messages = new ArrayList<>();
        while (messages.isEmpty() || !messages.getLast().get("type").asText().equals(type)) {
            messages.add(take(type));
        }
        return messages;
    }

    private JsonNode take(String type) {
        try {
            JsonNode message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("a message " + type).isNotNull();
            if (message == CLOSED) {
                throw new ClosedException(closed.join());
            }
            assertThat(SERVER.validate(message)).as(message.toString()).isEmpty();
            return message;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received.add(parse(text.toString()));
            text.setLength(0);
        }
        if (reads) {
            from.request(1);
        }
        return null;
    }

    /** Reads nothing more after the next message, so that all there is between server and client fills up. */
    void stopReading() {
        reads = false;
    }

    void readOn() {
        reads = true;
        socket.request(1);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        received.add(CLOSED);
        return null;
    }

    /** With which code the server closes it. */
    int closeCode() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private static JsonNode parse(String message) {
        try {
            return JSON.readTree(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
