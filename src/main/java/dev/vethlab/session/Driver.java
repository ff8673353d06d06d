package dev.vethlab.session;

import dev.vethlab.engine.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a session's own thread: it boots the world, replays the log, and then drives the simulation at the session's pace. All
 * other threads only leave tasks, which it does between two events. An {@link Input} is stamped with the virtual time and the number of
 * events so far, stored, and only then applied.
 */
final class Driver {
    /** Virtual nanoseconds between two updates of the clock while time passes. */
    private static final long TELL_TIME_EVERY = 250_000_000;

    /** What happened is told before a wait of more nanoseconds on the wall clock, and after so many without a wait. */
    private static final long LONG_WAIT = 4_000_000;

    private static final long LONG_SILENCE = 16_000_000;

    private static final String INPUTS = "inputs";

    private final Session session;
    private final SessionStore store;
    private final SessionLimits limits;
    private final SessionObserver observer;
    private final SessionCompanion.Maker companions;
    private final Playback playback;
    private final Slices slices = new Slices();
    private final TakenIds taken = new TakenIds();
    private final Pacer pacer;
    private final Mailbox mailbox;
    private final Mailbox looks;
    private final Broadcast broadcast;
    private final List<LoggedInput> log = new ArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final WorldCounts counts;
    private final Thread thread;
    private volatile @Nullable World world;
    private volatile SessionCompanion companion = SessionCompanion.NONE;
    private @Nullable Shells shells;
    private volatile long virtualTime;
    private volatile int lengthDone = -1;
    private long events;
    private boolean unfinished;
    private @Nullable Replay replay;
    private boolean cameBackOtherwise;
    private long toldTime;
    private long settledAt;
    private volatile boolean closed;
    private volatile boolean deleted;

    /**
     * @param inputs to be replayed
     * @param plays what is still to happen in it as it once did elsewhere
     */
    Driver(
            Session session,
            List<LoggedInput> inputs,
            List<LoggedInput> plays,
            SessionStore store,
            SessionLimits limits,
            SessionObserver observer,
            SessionCompanion.Maker companions) {
        this.session = session;
        this.store = store;
        this.limits = limits;
        this.observer = observer;
        this.companions = companions;
        playback = new Playback(plays);
        pacer = new Pacer(System::nanoTime, this::clockChanged, this::answerLooks);
        mailbox = new Mailbox(pacer::interrupt);
        looks = new Mailbox(pacer::interrupt);
        broadcast = new Broadcast(session.stream(), session.journeys(), pacer, observer);
        counts = new WorldCounts(observer);
        thread = Thread.ofVirtual().name("session-" + session.id()).unstarted(() -> drive(inputs));
    }

    // ---- for everybody ----

    void start() {
        thread.start();
    }

    /** Completes when it has booted and replayed the log; fails as that failed. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    Pacer pacer() {
        return pacer;
    }

    SessionCompanion companion() {
        return companion;
    }

    Update.Structure structure() {
        return Objects.requireNonNull(broadcast.structure());
    }

    ClockState clock() {
        return new ClockState(virtualTime, pacer.pace(), pacer.isHeld());
    }

    int lengthDone() {
        return lengthDone;
    }

    List<TerminalState> terminals() {
        return shells().states();
    }

    /** Leaves a task for its thread. */
    <T> CompletableFuture<T> post(Supplier<T> task) {
        return mailbox.post(task);
    }

    /** Leaves a look at the world, which may be in the middle of an event while the session is stepped. */
    <T> CompletableFuture<T> look(Function<World, T> look) {
        CompletableFuture<T> answer = looks.post(() -> look.apply(world()));
        mailbox.post(() -> true);
        return answer;
    }

    /**
     * Ends it and waits until the log is complete, but not longer than this.
     *
     * @param forGood the session is forgotten: nothing of it is stored any more
     */
    void close(boolean forGood, Duration longest) {
        if (forGood) {
            deleted = true;
        }
        closed = true;
        pacer.close();
        mailbox.post(() -> true);
        try {
            thread.join(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- tasks ----

    CompletableFuture<ExecuteResult> execute(String id, String node, String command) {
        return shells().execute(id, node, command);
    }

    Optional<Refusal> take(String id, Input input) {
        if (taken.contains(id)) {
            return Optional.empty();
        }
        if (playback.defers(input)) {
            playback.defer(() -> take(id, input));
            return Optional.empty();
        }
        Optional<Refusal> refusal = log.size() >= limits.inputs() ? Optional.of(Refusal.limit(INPUTS, logFull())) : shells().check(input);
        if (refusal.isEmpty()) {
            endPlayback("You have taken over: the rest of what was shared is not shown.");
            commit(id, input);
        }
        return refusal;
    }

    Completion complete(String terminal, String text, int cursor) {
        return shells().complete(terminal, text, cursor);
    }

    boolean refreshStructure() {
        broadcast.refreshStructure(world()::topology);
        return true;
    }

    /** The log so far. */
    List<LoggedInput> log() {
        return List.copyOf(log);
    }

    /** The log so far and how far the session has come since the last input. */
    List<LoggedInput> logToNow() {
        List<LoggedInput> whole = new ArrayList<>(log);
        whole.add(moment());
        return List.copyOf(whole);
    }

    // ---- its own ----

    private void drive(List<LoggedInput> inputs) {
        try {
            long begun = System.nanoTime();
            boot();
            broadcast.setReplaying(true);
            replay(inputs);
            broadcast.setReplaying(false);
            if (!inputs.isEmpty()) {
                observer.replayed(System.nanoTime() - begun);
            }
            counts.skip(world(), shells());
            if (cameBackOtherwise) {
                broadcast.send(Update.Notice.info(
                        "This server has changed since this was typed: what you see may differ from what you saw."));
            }
            settle();
            ready.complete(null);
            while (!closed) {
                turn();
            }
            rest();
        } catch (IllegalArgumentException e) {
            // a flag that the engine does not know: whoever made the session is told
            ready.completeExceptionally(e);
        } catch (LogConflictException | StoreException | SessionGoneException | SessionMovedException e) {
            // what is in memory is not what is stored: whoever asks again gets the stored one
            closed = true;
        } catch (RuntimeException e) {
            observer.failed(e);
            ready.completeExceptionally(e);
        } finally {
            end();
        }
    }

    private void boot() {
        Recipe recipe = session.recipe();
        World booted = World.boot(recipe.world(), recipe.seed(), recipe.dockerd(), recipe.limits(limits.world()));
        booted.kernel().tracer().setSink(broadcast);
        booted.kernel().tracer().setJourneys(session.journeys());
        world = booted;
        companion = companions.accompany(booted, broadcast::send);
        broadcast.accompany(companion);
        shells = new Shells(booted, broadcast, limits, companion);
        booted.simulation().setShortcut(this::stepReplay);
    }

    private void replay(List<LoggedInput> inputs) {
        var again = new Replay(inputs);
        replay = again;
        while (again.step()) {
            // an event, or an input
        }
        replay = null;
        again.rethrow();
    }

    /** What happened once, happening again: the events and the inputs between them, in their order. */
    private final class Replay {
        private final Iterator<LoggedInput> rest;
        private @Nullable LoggedInput next;
        private @Nullable RuntimeException failure;

        Replay(List<LoggedInput> inputs) {
            rest = inputs.iterator();
            advance();
        }

        private void advance() {
            next = rest.hasNext() ? rest.next() : null;
        }

        /** The next event or input; false if no input is left. A program that waits may call it as well as the driver. */
        boolean step() {
            finishEvent();
            LoggedInput input = next;
            if (input == null) {
                return false;
            }
            if (isBefore(input)) {
                runEvent();
                return true;
            }
            advance();
            try {
                comesIn(input);
            } catch (RuntimeException e) {
                // no business of the program that called
                failure = e;
                next = null;
            }
            return true;
        }

        /** Whether something happens before the moment at which it came in; if more happens than did then, the time counts. */
        private boolean isBefore(LoggedInput input) {
            long due = world().simulation().nextEventTime();
            return events < input.events() ? due <= input.time() && due < Long.MAX_VALUE : due < input.time();
        }

        private void comesIn(LoggedInput input) {
            cameBackOtherwise |= events != input.events();
            events = input.events();
            world().simulation().advanceTo(input.time());
            log.add(input);
            taken.add(input.id());
            apply(input.id(), input.input());
        }

        void rethrow() {
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** What a replay may let a program do by itself. */
    private boolean stepReplay() {
        Replay under = replay;
        return under != null && under.step();
    }

    private void apply(String clientId, Input input) {
        shells().apply(clientId, input);
        companion.look();
    }

    private LoggedInput moment() {
        return new LoggedInput(log.size(), world().simulation().now(), events, "", new Input.Moment());
    }

    /** What happened since the last input is not lost either, unless the session was deleted. */
    private void rest() {
        counts.report(world(), shells());
        boolean wentOn = log.isEmpty() ? events > 0 : log.getLast().events() < events;
        if (wentOn && !deleted) {
            store.append(session.id(), moment());
        }
    }

    /** One task, one event, or a wait. */
    private void turn() {
        answerLooks();
        Mailbox.Task<?> task = mailbox.poll();
        if (task != null) {
            task.run();
            shells().startNext(this::commit);
        } else if (playback.isDue(events) && session.viewers() > 0) {
            playNext();
        } else if (!somethingRuns()) {
            settle();
            pacer.rest();
            slices.rest();
            mailbox.take().run();
            shells().startNext(this::commit);
        } else {
            var simulation = world().simulation();
            long due = simulation.nextEventTime();
            // the command that somebody waited for may have ended in the last event
            pacer.hurry(mayHurry());
            long wait = pacer.waitFor(simulation.now(), due);
            if (wait > 0) {
                slices.rest();
            }
            if (wait > LONG_WAIT || System.nanoTime() - settledAt > LONG_SILENCE) {
                settle();
            }
            if (pacer.mayRun(simulation.now(), due)) {
                runNext();
                shells().startNext(this::commit);
            } else {
                simulation.advanceTo(pacer.virtualTime(simulation.now(), due));
                virtualTime = simulation.now();
            }
        }
    }

    private void answerLooks() {
        for (Mailbox.Task<?> look = looks.poll(); look != null; look = looks.poll()) {
            look.run();
        }
    }

    /** Whether time should pass: somebody waits for an answer, or looks. Fast, it passes only for a program in the foreground. */
    private boolean somethingRuns() {
        if (world().simulation().isIdle()) {
            return false;
        }
        boolean watched = session.viewers() > 0 && (shells().isBusy() || !playback.isOver() || !(pacer.pace() instanceof Pace.Fast));
        return shells().somebodyWaits() || watched;
    }

    private void runNext() {
        runEvent();
        finishEvent();
    }

    private void runEvent() {
        slices.next();
        events++;
        unfinished = true;
        try {
            world().simulation().runNext();
        } catch (RuntimeException e) {
            observer.failed(e);
        }
    }

    /** What follows an event, once: a program that ran in it may have run others since. */
    private void finishEvent() {
        if (unfinished) {
            unfinished = false;
            virtualTime = world().simulation().now();
            shells().countEvent();
            companion.look();
        }
    }

    /** What came in there at this point comes in here, when it is time. */
    private void playNext() {
        var simulation = world().simulation();
        LoggedInput next = playback.next();
        pacer.hurry(mayHurry());
        if (pacer.waitFor(simulation.now(), next.time()) > 0) {
            slices.rest();
        }
        if (!pacer.mayRun(simulation.now(), next.time())) {
            simulation.advanceTo(pacer.virtualTime(simulation.now(), next.time()));
            virtualTime = simulation.now();
            return;
        }
        simulation.advanceTo(next.time());
        playback.advance();
        commit(next.id(), next.input());
        if (playback.isOver()) {
            endPlayback("This is where it was shared. From here on the lab is yours.");
        }
    }

    private void endPlayback(String why) {
        List<Runnable> deferred = playback.end();
        if (!deferred.isEmpty() || playback.wasPlaying()) {
            broadcast.send(Update.Notice.info(why));
        }
        deferred.forEach(Runnable::run);
    }

    /** Nobody wants to wait through the pauses that somebody else made. */
    private boolean mayHurry() {
        return shells().somebodyWaits() || !playback.isOver() && !shells().isBusy();
    }

    private void commit(String clientId, Input input) {
        if (log.size() >= limits.inputs()) {
            throw new LimitReachedException(INPUTS, logFull());
        }
        session.use();
        var logged = new LoggedInput(log.size(), world().simulation().now(), events, clientId, input);
        try {
            long begun = System.nanoTime();
            store.append(session.id(), logged);
            observer.stored(System.nanoTime() - begun);
        } catch (LogConflictException | StoreException | SessionGoneException e) {
            closed = true;
            throw new SessionMovedException();
        }
        lengthDone = -1;
        log.add(logged);
        taken.add(clientId);
        apply(clientId, input);
        pacer.hurry(mayHurry());
    }

    private String logFull() {
        return "vethlab: this session may have " + limits.inputs() + " inputs";
    }

    /** Tells what happened so far, because now time passes, or there is nothing to do. */
    private void settle() {
        settledAt = System.nanoTime();
        pacer.hurry(mayHurry());
        broadcast.flush();
        refreshStructure();
        counts.report(world(), shells());
        lengthDone = shells().isBusy() ? -1 : log.size();
        if (virtualTime - toldTime >= TELL_TIME_EVERY) {
            tellClock();
        }
    }

    boolean tellClock() {
        toldTime = virtualTime;
        broadcast.send(new Update.Clock(clock()));
        return true;
    }

    private void clockChanged() {
        virtualTime = world().simulation().now();
        if (pacer.isHeld()) {
            slices.rest();
        }
        tellClock();
    }

    private void end() {
        replay = null; // programs that end now run nothing any more
        slices.rest();
        Supplier<RuntimeException> why = deleted ? SessionGoneException::new : SessionMovedException::new;
        ready.completeExceptionally(why.get());
        mailbox.close(why);
        looks.close(why);
        if (shells != null) {
            shells().abandon(why);
        }
        if (world != null) {
            world().discard();
        }
        session.stream().close();
        session.ended();
    }

    private World world() {
        return Objects.requireNonNull(world);
    }

    private Shells shells() {
        return Objects.requireNonNull(shells);
    }
}
