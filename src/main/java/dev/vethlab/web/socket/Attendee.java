package dev.vethlab.web.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.session.Input;
import dev.vethlab.session.Pace;
import dev.vethlab.session.Refusal;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.web.Access;
import dev.vethlab.web.wire.ClientMessage;
import dev.vethlab.web.wire.ServerMessage;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One browser at one session: every message becomes a call of {@link Session}, every update a message. */
final class Attendee {
    /** Answers are not sent by the emulation's thread: it must not wait for a browser. */
    private static final Executor ASIDE = Thread::startVirtualThread;

    private final Access.Visit visit;
    private final Session session;
    private final WebSocketConnection connection;
    private final ObjectMapper json;
    private final SessionObserver observer;
    private final Feed feed;

    /**
     * @param address by which the browser came: a session's own id is not told to who came by an invitation
     * @param leave closes the connection when the session leaves memory
     */
    Attendee(Access.Visit visit, String address, WebSocketConnection connection, ObjectMapper json, SessionObserver observer,
            Runnable leave) {
        this.visit = visit;
        session = visit.session();
        this.connection = connection;
        this.json = json;
        this.observer = observer;
        feed = new Feed(session, address, visit.role(), this::send, leave);
    }

    void stop() {
        feed.stop();
    }

    /** The invitation by which the browser came; null for none. */
    @Nullable String link() {
        return visit.way().link();
    }

    void handle(ClientMessage message) {
        if (message.changes() && !visit.role().mayType()) {
            if (!(message instanceof ClientMessage.Resize)) { // which a window does by itself
                refuse("forbidden", "By this link you may look, but not type.", null);
            }
            return;
        }
        switch (message) {
            case ClientMessage.Hello hello -> feed.start(hello.resumeAfter());
            case ClientMessage.Open open ->
                submit(open, open.terminal(), new Input.Open(open.terminal(), open.node(), open.cols(), open.rows()));
            case ClientMessage.Line line -> submit(line, line.terminal(), new Input.Line(line.terminal(), line.text(), line.line()));
            case ClientMessage.Keys keys -> submit(keys, keys.terminal(), new Input.Keys(keys.terminal(), keys.data()));
            case ClientMessage.Interrupt signal ->
                submit(signal, signal.terminal(), new Input.Interrupt(signal.terminal(), Signal.valueOf(signal.signal())));
            case ClientMessage.EndOfInput end -> submit(end, end.terminal(), new Input.EndOfInput(end.terminal()));
            case ClientMessage.Resize size -> submit(size, size.terminal(), new Input.Resize(size.terminal(), size.cols(), size.rows()));
            case ClientMessage.Close close -> submit(close, close.terminal(), new Input.Close(close.terminal()));
            case ClientMessage.Complete complete -> complete(complete);
            case ClientMessage.SetPace pace -> session.setPace(pace(pace));
            case ClientMessage.Step step -> session.step(step.by().equals("packet"));
            case ClientMessage.Note note -> submit(note, null, new Input.Note(note.about(), note.text()));
            case ClientMessage.Journey journey ->
                send(new ServerMessage.JourneyEvents(journey.packet(), ServerMessage.views(session.journeys().of(journey.packet()))));
        }
    }

    /** Does not wait: while the emulation is held, the step that lets it go on must get through. */
    private void submit(ClientMessage.Typed message, @Nullable String terminal, Input input) {
        String id = message.id() == null ? "" : message.id();
        session.submit(id, input).whenCompleteAsync((refusal, failure) -> {
            if (failure != null) {
                // the socket closes, and the browser sends it again when it is back
                return;
            }
            refusal.ifPresent(r -> refuse(r, terminal));
            if (!id.isEmpty()) {
                feed.answer(new ServerMessage.Taken(id));
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

    private void refuse(Refusal refusal, @Nullable String terminal) {
        if (refusal.limit() != null) {
            observer.limited(refusal.limit(), 1);
        }
        refuse(refusal.code(), refusal.text(), terminal);
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
}
