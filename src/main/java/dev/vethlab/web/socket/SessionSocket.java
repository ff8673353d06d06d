package dev.vethlab.web.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vethlab.session.Links;
import dev.vethlab.session.SessionGoneException;
import dev.vethlab.session.SessionMovedException;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.session.StoreException;
import dev.vethlab.web.Access;
import dev.vethlab.web.OwnerCookie;
import dev.vethlab.web.wire.ClientMessage;
import io.quarkus.logging.Log;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.HandshakeRequest;
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
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The socket of a session: knows who is connected, reads messages and checks them. */
@WebSocket(path = "/ws/v1/sessions/{id}")
@Singleton
@RunOnVirtualThread
public class SessionSocket {
    private static final CloseReason GONE = new CloseReason(4404);
    private static final CloseReason REVOKED = new CloseReason(4403);
    private static final CloseReason COMES_BACK = new CloseReason(1012);

    private final Access access;
    private final Links links;
    private final ObjectMapper json;
    private final SessionObserver observer;
    private final Validator validator;
    private final OpenConnections connections;
    private final Map<String, Attendee> attendees = new ConcurrentHashMap<>();

    SessionSocket(
            Access access,
            Links links,
            ObjectMapper json,
            Validator validator,
            OpenConnections connections,
            SessionObserver observer) {
        this.access = access;
        this.links = links;
        this.json = json;
        this.observer = observer;
        this.validator = validator;
        this.connections = connections;
        links.onRevoke(link -> putOut(link, REVOKED));
        links.onChange(link -> putOut(link, COMES_BACK));
    }

    @OnOpen
    void open(WebSocketConnection current, @PathParam String id) {
        // what the framework hands in works on its own threads only, and a feed has one of its own
        connections.findByConnectionId(current.id()).ifPresent(connection -> {
            HandshakeRequest handshake = connection.handshakeRequest();
            List<String> proofs = OwnerCookie.proofs(handshake.headers("Cookie"), handshake.headers("Authorization"));
            try {
                var attendee = new Attendee(access.enter(id, proofs), id, connection, json, observer, () -> leave(connection, id));
                attendees.put(connection.id(), attendee);
            } catch (SessionGoneException e) {
                close(connection, GONE);
            } catch (SessionMovedException | StoreException e) {
                close(connection, COMES_BACK);
            }
        });
    }

    /** The session left memory: for good, or to come back by replay when the browser connects again. */
    private void leave(WebSocketConnection connection, String address) {
        CloseReason reason = COMES_BACK;
        try {
            reason = links.way(address).isPresent() ? COMES_BACK : GONE;
        } catch (StoreException e) {
            Log.debug("nobody knows whether the session is still there", e);
        }
        close(connection, reason);
    }

    private void putOut(String link, CloseReason why) {
        attendees.forEach((connection, attendee) -> {
            if (link.equals(attendee.link())) {
                connections.findByConnectionId(connection).ifPresent(found -> close(found, why));
            }
        });
    }

    /** Closes it, unless the browser does so at the same time: then there is nobody to be told why. */
    private static void close(WebSocketConnection connection, CloseReason reason) {
        connection.close(reason).subscribe().with(done -> {}, failure -> Log.debug("the browser has left, too", failure));
    }

    @OnClose
    void close(WebSocketConnection connection) {
        Attendee attendee = attendees.remove(connection.id());
        if (attendee != null) {
            attendee.stop();
        }
    }

    /** A browser that died or a network that dropped it: the socket is closed as any other. */
    @OnError
    void reset(IOException e) {
        Log.debug("a connection was reset", e);
    }

    @OnError
    void failed(RuntimeException e, WebSocketConnection connection) {
        Log.debug("a socket failed", e);
        close(connection);
        if (connection.isOpen()) {
            close(connection, CloseReason.INTERNAL_SERVER_ERROR);
        }
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
