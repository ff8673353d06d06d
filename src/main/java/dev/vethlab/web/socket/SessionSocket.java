package dev.vethlab.web.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vethlab.session.Sessions;
import dev.vethlab.web.wire.ClientMessage;
import io.quarkus.logging.Log;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.OpenConnections;
import io.quarkus.websockets.next.PathParam;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The socket of a session: knows who is connected, reads messages and checks them. */
@WebSocket(path = "/ws/v1/sessions/{id}")
@Singleton
@RunOnVirtualThread
public class SessionSocket {
    private static final CloseReason GONE = new CloseReason(4404);
    private static final CloseReason COMES_BACK = new CloseReason(1012);

    private final Sessions sessions;
    private final ObjectMapper json;
    private final Validator validator;
    private final OpenConnections connections;
    private final Map<String, Attendee> attendees = new ConcurrentHashMap<>();

    SessionSocket(Sessions sessions, ObjectMapper json, Validator validator, OpenConnections connections) {
        this.sessions = sessions;
        this.json = json;
        this.validator = validator;
        this.connections = connections;
    }

    @OnOpen
    void open(WebSocketConnection current, @PathParam String id) {
        // what the framework hands in works on its own threads only, and a feed has one of its own
        connections.findByConnectionId(current.id()).ifPresent(connection -> {
            var attendee = new Attendee(sessions.find(id), connection, json, () -> leave(connection, id));
            attendees.put(connection.id(), attendee);
        });
    }

    /** The session left memory: for good, or to come back by replay when the browser connects again. */
    private void leave(WebSocketConnection connection, String session) {
        connection.closeAndAwait(sessions.exists(session) ? COMES_BACK : GONE);
    }

    @OnClose
    void close(WebSocketConnection connection) {
        Attendee attendee = attendees.remove(connection.id());
        if (attendee != null) {
            attendee.stop();
        }
    }

    @OnError
    void failed(RuntimeException e, WebSocketConnection connection) {
        Log.debug("a socket failed", e);
        close(connection);
        connection.closeAndAwait();
    }

    @OnTextMessage
    void receive(String text, WebSocketConnection connection) {
        Attendee attendee = attendees.get(connection.id());
        if (attendee == null) {
            return;
        }
        ClientMessage message;
        try {
            message = json.readValue(text, ClientMessage.class);
        } catch (JsonProcessingException e) {
            attendee.refuse("bad-message", "This is no message of the protocol.", null);
            return;
        }
        Set<ConstraintViolation<ClientMessage>> wrong = validator.validate(message);
        if (wrong.isEmpty()) {
            attendee.handle(message);
        } else {
            var first = wrong.stream().min(Comparator.comparing(v -> v.getPropertyPath().toString())).orElseThrow();
            attendee.refuse("bad-message", first.getPropertyPath() + " " + first.getMessage(), null);
        }
    }
}
