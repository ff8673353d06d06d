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
 * Reads a session's stream for one browser and sends it, at the browser's speed: the next updates are read when the last ones are sent,
 * so that nothing gathers for a browser but the stream's own tail. One that falls behind in packets is not sent the older ones, and told
 * how many stages it missed; one so slow that anything else is no longer kept begins anew, with a welcome.
 */
final class Feed {
    private static final int UPDATES_AT_ONCE = 64;
    /** How many stages a browser may be behind: a few seconds of traffic that a page could still show. */
    private static final int STAGES_BEHIND = 10_000;
    /** Answers that wait for a browser that asks and does not read. */
    private static final int MOST_DUE = 1000;

    private final Session session;
    private final String address;
    private final Role role;
    private final Consumer<ServerMessage> send;
    private final Runnable close;
    private final Deque<Due> due = new ArrayDeque<>();
    private @Nullable Thread reader;
    private long welcomed;
    private long place;
    /** How many stages the browser was sent or knows that it missed. */
    private long told;

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
            if (due.size() >= MOST_DUE) {
                close.run();
                return;
            }
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
            boolean resumes = resumeAfter != null && resumeAfter >= stream.beforeWhole() && resumeAfter <= stream.last();
            begin(resumes ? resumeAfter : stream.beforeFirst(), resumes);
            while (true) {
                switch (stream.read(place, UPDATES_AT_ONCE)) {
                    case Read.Updates updates -> {
                        for (SessionStream.Numbered update : updates.updates()) {
                            tell(stream, update);
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
            close.run(); // the browser comes back and goes on where it was
        } finally {
            session.removeViewer();
        }
    }

    private void tell(SessionStream stream, SessionStream.Numbered update) {
        if (update.update() instanceof Update.Packets packets) {
            long behind = stream.stages() - update.stages();
            if (behind > STAGES_BEHIND && update.sequence() > welcomed) {
                return;
            }
            long dropped = update.stages() - told;
            told = update.stages() + packets.stages().size();
            if (dropped > 0) {
                session.leftOut(dropped);
            }
            send.accept(ServerMessage.of(update, dropped));
        } else if (!isOutdated(update)) {
            send.accept(ServerMessage.of(update, 0));
        }
    }

    /** Whether it is about the lesson or what is shown, and older than what the welcome said of it. */
    private boolean isOutdated(SessionStream.Numbered update) {
        return (update.update() instanceof Update.Companion || update.update() instanceof Update.Shown) && update.sequence() <= welcomed;
    }

    private void begin(long at, boolean resumed) {
        told = session.stream().stagesUntil(at);
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
                LessonRun.of(session).map(run -> ProgressView.of(run.progress())).orElse(null),
                session.shown());
    }
}
