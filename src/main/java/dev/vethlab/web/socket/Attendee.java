package dev.vethlab.web.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.session.Input;
import dev.vethlab.session.Pace;
import dev.vethlab.session.Session;
import dev.vethlab.web.OwnerCookie;
import dev.vethlab.web.wire.ClientMessage;
import dev.vethlab.web.wire.ServerMessage;
import io.quarkus.websockets.next.HandshakeRequest;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One browser at one session: every message becomes a call of {@link Session}, every update a message. */
final class Attendee {
    /** Answers are not sent by the emulation's thread: it must not wait for a browser. */
    private static final Executor ASIDE = Thread::startVirtualThread;

    private final Session session;
    private final WebSocketConnection connection;
    private final ObjectMapper json;
    private final Feed feed;

    /** @param leave closes the connection when the session leaves memory */
    Attendee(Session session, WebSocketConnection connection, ObjectMapper json, Runnable leave) {
        this.session = session;
        this.connection = connection;
        this.json = json;
        feed = new Feed(session, role(session, connection.handshakeRequest()), this::send, leave);
    }

    void stop() {
        feed.stop();
    }

    void handle(ClientMessage message) {
        switch (message) {
            case ClientMessage.Hello hello -> feed.start(hello.resumeAfter());
            case ClientMessage.Open open -> submit(open.terminal(), new Input.Open(open.terminal(), open.node(), open.cols(), open.rows()));
            case ClientMessage.Line line -> submit(line.terminal(), new Input.Line(line.terminal(), line.text(), line.line()));
            case ClientMessage.Keys keys -> submit(keys.terminal(), new Input.Keys(keys.terminal(), keys.data()));
            case ClientMessage.Interrupt signal ->
                submit(signal.terminal(), new Input.Interrupt(signal.terminal(), Signal.valueOf(signal.signal())));
            case ClientMessage.EndOfInput end -> submit(end.terminal(), new Input.EndOfInput(end.terminal()));
            case ClientMessage.Resize size -> submit(size.terminal(), new Input.Resize(size.terminal(), size.cols(), size.rows()));
            case ClientMessage.Close close -> submit(close.terminal(), new Input.Close(close.terminal()));
            case ClientMessage.Complete complete -> complete(complete);
            case ClientMessage.SetPace pace -> session.setPace(pace(pace));
            case ClientMessage.Step step -> session.step(step.by().equals("packet"));
            case ClientMessage.Note note -> submit(null, new Input.Note(note.about(), note.text()));
            case ClientMessage.Journey journey ->
                send(new ServerMessage.JourneyEvents(journey.packet(), ServerMessage.views(session.journeys().of(journey.packet()))));
        }
    }

    /** Does not wait: while the emulation is held, the step that lets it go on must get through. */
    private void submit(@Nullable String terminal, Input input) {
        session.submit(input).whenCompleteAsync((refusal, failure) -> {
            if (failure != null) {
                refuse("gone", "The session is gone.", terminal);
            } else {
                refusal.ifPresent(r -> refuse(r.code(), r.text(), terminal));
            }
        }, ASIDE);
    }

    private void complete(ClientMessage.Complete complete) {
        session.complete(complete.terminal(), complete.text(), Math.min(complete.cursor(), complete.text().length()))
                .thenAcceptAsync(
                        found -> send(new ServerMessage.Completions(complete.request(), found.from(), found.candidates())), ASIDE);
    }

    private static Pace pace(ClientMessage.SetPace pace) {
        return switch (pace.pace()) {
            case "slow" -> new Pace.Slow(pace.factor() == null ? 1 : pace.factor());
            case "step" -> Pace.STEP;
            case "fast" -> Pace.FAST;
            default -> Pace.LIVE;
        };
    }

    void refuse(String code, String text, @Nullable String terminal) {
        send(new ServerMessage.Refused(code, text, terminal));
    }

    private void send(ServerMessage message) {
        try {
            connection.sendTextAndAwait(json.writeValueAsString(message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String role(Session session, HandshakeRequest request) {
        String proof = OwnerCookie.name(session.id()) + "=" + session.owner();
        boolean owner = request.headers("Cookie").stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .anyMatch(cookie -> cookie.strip().equals(proof));
        return owner ? "owner" : "participant";
    }
}
