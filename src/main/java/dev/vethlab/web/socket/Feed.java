package dev.vethlab.web.socket;

import dev.vethlab.session.Role;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionStream;
import dev.vethlab.session.SessionStream.Read;
import dev.vethlab.session.Update;
import dev.vethlab.web.wire.ProgressView;
import dev.vethlab.web.wire.ServerMessage;
import dev.vethlab.workshop.LessonRun;
import io.quarkus.logging.Log;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a session's stream for one browser and sends it, at the browser's speed: the next updates are read when the last ones are sent.
 * A browser so slow that it lost its place begins anew, with a welcome.
 */
final class Feed {
    private static final int UPDATES_AT_ONCE = 64;

    private final Session session;
    private final String address;
    private final Role role;
    private final Consumer<ServerMessage> send;
    private final Runnable close;
    private final Deque<Due> due = new ArrayDeque<>();
    private @Nullable Thread reader;
    private long welcomed;
    private long place;

    /** An answer that waits until the browser has all updates up to a number. */
    private record Due(ServerMessage answer, long after) {}

    Feed(Session session, String address, Role role, Consumer<ServerMessage> send, Runnable close) {
        this.session = session;
        this.address = address;
        this.role = role;
        this.send = send;
        this.close = close;
    }

    /** Begins to send what follows {@code resumeAfter}, or all that is kept. A second call changes nothing. */
    synchronized void start(@Nullable Long resumeAfter) {
        if (reader == null) {
            session.addViewer();
            reader = Thread.ofVirtual().name("feed-" + session.id()).start(() -> run(resumeAfter));
        }
    }

    synchronized void stop() {
        if (reader != null) {
            reader.interrupt();
        }
    }

    /** Sends this behind all that has happened until now: who reads it has seen what came of what it answers. */
    void answer(ServerMessage answer) {
        long after = session.stream().last();
        synchronized (due) {
            if (place < after) {
                due.add(new Due(answer, after));
                return;
            }
        }
        send.accept(answer);
    }

    private void reached(long sequence) {
        List<ServerMessage> now = new ArrayList<>();
        synchronized (due) {
            place = sequence;
            while (!due.isEmpty() && due.peek().after() <= sequence) {
                now.add(due.remove().answer());
            }
        }
        now.forEach(send);
    }

    private void run(@Nullable Long resumeAfter) {
        SessionStream stream = session.stream();
        try {
            session.replaying().ifPresent(count -> send.accept(new ServerMessage.Replaying(count)));
            boolean resumes = resumeAfter != null && resumeAfter >= stream.beforeFirst() && resumeAfter <= stream.last();
            begin(resumes ? resumeAfter : stream.beforeFirst(), resumes);
            while (true) {
                switch (stream.read(place, UPDATES_AT_ONCE)) {
                    case Read.Updates updates -> {
                        for (SessionStream.Numbered update : updates.updates()) {
                            if (!isOutdated(update)) {
                                send.accept(ServerMessage.of(update));
                            }
                            reached(update.sequence());
                        }
                    }
                    case Read.Lost lost -> {
                        session.fellBehind();
                        begin(stream.beforeFirst(), false);
                    }
                    case Read.Closed closed -> {
                        close.run();
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            // the socket is closed
        } catch (RuntimeException e) {
            Log.debug("a feed ended", e);
        } finally {
            session.removeViewer();
        }
    }

    /** Whether it is about the lesson and older than what the welcome said of it. */
    private boolean isOutdated(SessionStream.Numbered update) {
        return update.update() instanceof Update.Companion && update.sequence() <= welcomed;
    }

    private void begin(long at, boolean resumed) {
        send.accept(welcome(at, resumed));
        reached(at);
    }

    private ServerMessage welcome(long place, boolean resumed) {
        List<String> machines = session.machines();
        welcomed = session.stream().last();
        return new ServerMessage.Welcome(
                address,
                session.recipe().world().text(),
                place,
                role.name().toLowerCase(Locale.ROOT),
                machines,
                ServerMessage.ClockView.of(session.clock()),
                resumed,
                session.terminals().stream().map(ServerMessage.TerminalView::of).toList(),
                LessonRun.of(session).map(run -> ProgressView.of(run.progress())).orElse(null));
    }
}
