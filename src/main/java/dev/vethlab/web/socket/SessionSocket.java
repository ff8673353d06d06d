package dev.vethlab.web.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.session.Input;
import dev.vethlab.session.Pace;
import dev.vethlab.session.Session;
import dev.vethlab.session.Sessions;
import dev.vethlab.web.OwnerCookie;
import dev.vethlab.web.wire.ClientMessage;
import dev.vethlab.web.wire.ServerMessage;
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
import jakarta.enterprise.context.SessionScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.net.HttpCookie;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One browser at one session: every message becomes a call of {@link Session}, every update a message. */
@WebSocket(path = "/ws/v1/sessions/{id}")
@SessionScoped
@RunOnVirtualThread
public class SessionSocket {
    private static final CloseReason GONE = new CloseReason(4404);
    private static final CloseReason COMES_BACK = new CloseReason(1012);

    private final Sessions sessions;
    private final ObjectMapper json;
    private final Validator validator;
    private final OpenConnections connections;
    private @Nullable WebSocketConnection connection;
    private @Nullable Session session;
    private @Nullable Feed feed;

    SessionSocket(Sessions sessions, ObjectMapper json, Validator validator, OpenConnections connections) {
        this.sessions = sessions;
        this.json = json;
        this.validator = validator;
        this.connections = connections;
    }

    @OnOpen
    void open(WebSocketConnection current, @PathParam String id) {
        // what is injected works on the framework's own threads only, and the feed has one of its own
        WebSocketConnection here = connections.findByConnectionId(current.id()).orElseThrow();
        connection = here;
        session = sessions.find(id);
        feed = new Feed(session, role(session, here.handshakeRequest()), this::send, () -> leave(here, id));
    }

    /** The session left memory: for good, or to come back by replay when the browser connects again. */
    private void leave(WebSocketConnection here, String id) {
        here.closeAndAwait(sessions.exists(id) ? COMES_BACK : GONE);
    }

    @OnClose
    void close() {
        if (feed != null) {
            feed.stop();
        }
    }

    @OnError
    void failed(RuntimeException e) {
        Log.debug("a socket failed", e);
        Objects.requireNonNull(connection).closeAndAwait();
    }

    @OnTextMessage
    void receive(String text) {
        ClientMessage message;
        try {
            message = json.readValue(text, ClientMessage.class);
        } catch (JsonProcessingException e) {
            refuse("bad-message", "This is no message of the protocol.", null);
            return;
        }
        Set<ConstraintViolation<ClientMessage>> wrong = validator.validate(message);
        if (wrong.isEmpty()) {
            handle(Objects.requireNonNull(session), message);
        } else {
            var first = wrong.stream().min(Comparator.comparing(v -> v.getPropertyPath().toString())).orElseThrow();
            refuse("bad-message", first.getPropertyPath() + " " + first.getMessage(), null);
        }
    }

    private void handle(Session at, ClientMessage message) {
        switch (message) {
            case ClientMessage.Hello hello -> Objects.requireNonNull(feed).start(hello.resumeAfter());
            case ClientMessage.Open open -> submit(at, open.terminal(), new Input.Open(open.terminal(), open.node(), open.cols(), open.rows()));
            case ClientMessage.Line line -> submit(at, line.terminal(), new Input.Line(line.terminal(), line.text(), line.line()));
            case ClientMessage.Keys keys -> submit(at, keys.terminal(), new Input.Keys(keys.terminal(), keys.data()));
            case ClientMessage.Interrupt signal ->
                submit(at, signal.terminal(), new Input.Interrupt(signal.terminal(), Signal.valueOf(signal.signal())));
            case ClientMessage.EndOfInput end -> submit(at, end.terminal(), new Input.EndOfInput(end.terminal()));
            case ClientMessage.Resize size -> submit(at, size.terminal(), new Input.Resize(size.terminal(), size.cols(), size.rows()));
            case ClientMessage.Close close -> submit(at, close.terminal(), new Input.Close(close.terminal()));
            case ClientMessage.Complete complete -> complete(at, complete);
            case ClientMessage.SetPace pace -> at.setPace(pace(pace));
            case ClientMessage.Step step -> at.step(step.by().equals("packet"));
            case ClientMessage.Journey journey ->
                send(new ServerMessage.JourneyEvents(journey.packet(), ServerMessage.views(at.journeys().of(journey.packet()))));
        }
    }

    /** Does not wait: while the emulation is held, the step that lets it go on must get through. */
    private void submit(Session at, String terminal, Input input) {
        at.submit(input).whenComplete((refusal, failure) -> {
            if (failure != null) {
                refuse("gone", "The session is gone.", terminal);
            } else {
                refusal.ifPresent(r -> refuse(r.code(), r.text(), terminal));
            }
        });
    }

    private void complete(Session at, ClientMessage.Complete complete) {
        at.complete(complete.terminal(), complete.text(), Math.min(complete.cursor(), complete.text().length()))
                .thenAccept(found -> send(new ServerMessage.Completions(complete.request(), found.from(), found.candidates())));
    }

    private static Pace pace(ClientMessage.SetPace pace) {
        return switch (pace.pace()) {
            case "slow" -> new Pace.Slow(pace.factor() == null ? 1 : pace.factor());
            case "step" -> Pace.STEP;
            case "fast" -> Pace.FAST;
            default -> Pace.LIVE;
        };
    }

    private void refuse(String code, String text, @Nullable String terminal) {
        send(new ServerMessage.Refused(code, text, terminal));
    }

    private void send(ServerMessage message) {
        try {
            Objects.requireNonNull(connection).sendTextAndAwait(json.writeValueAsString(message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String role(Session session, HandshakeRequest request) {
        List<String> cookies = request.headers("Cookie");
        boolean owner = cookies.stream()
                .flatMap(header -> List.of(header.split(";")).stream())
                .flatMap(cookie -> HttpCookie.parse(cookie.strip()).stream())
                .anyMatch(cookie ->
                        cookie.getName().equals(OwnerCookie.name(session.id())) && cookie.getValue().equals(session.owner()));
        return owner ? "owner" : "participant";
    }
}
