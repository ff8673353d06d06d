package dev.vethlab.session;

import dev.vethlab.engine.trace.Journeys;
import dev.vethlab.engine.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One emulated world and those who look at it.
 *
 * <p>A virtual thread of its own drives the world's simulation ({@link #drive}); all other threads only leave tasks in its mailbox, which
 * it does between two events. An {@link Input} is stamped with the virtual time and the number of events so far, stored, and only then
 * applied: the recipe and the log make the same session again, bit for bit, whatever the pace was.
 */
public final class Session {
    /** Virtual nanoseconds between two updates of the clock while time passes. */
    private static final long TELL_TIME_EVERY = 250_000_000;

    /** What happened is told before a wait of more nanoseconds on the wall clock, and after so many without a wait. */
    private static final long LONG_WAIT = 4_000_000;

    private static final long LONG_SILENCE = 16_000_000;

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final String id;
    private final String owner;
    private final Recipe recipe;
    private final SessionStore store;
    private final Consumer<Session> onEnd;
    private final Playback playback;
    private final Slices slices = new Slices();
    private final TakenIds taken = new TakenIds();
    private final int replayed;
    private final SessionLimits limits;
    private final SessionObserver observer;
    private final SessionCompanion.Maker companions;
    private final SessionStream stream;
    private final Journeys journeys;
    private final Pacer pacer;
    private final Mailbox mailbox;
    private final Mailbox looks;
    private final Past past;
    private final Broadcast broadcast;
    private final AtomicInteger viewers = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<LoggedInput> log = new ArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final ProgramCounts counts;
    private final Thread driver;
    private volatile @Nullable World world;
    private volatile SessionCompanion companion = SessionCompanion.NONE;
    private @Nullable Shells shells;
    private volatile long virtualTime;
    private volatile long lastUse = System.nanoTime();
    private long events;
    private boolean cameBackOtherwise;
    private long toldTime;
    private long settledAt;
    private volatile boolean closed;
    private volatile boolean deleted;

    /**
     * @param plays what is still to happen in it as it once did elsewhere
     * @param onEnd told when it has left memory, for whatever reason
     */
    Session(
            String id,
            SessionStore.Stored stored,
            List<LoggedInput> plays,
            SessionStore store,
            SessionLimits limits,
            SessionObserver observer,
            SessionCompanion.Maker companions,
            Consumer<Session> onEnd) {
        this.id = id;
        this.owner = stored.owner();
        this.recipe = stored.recipe();
        this.store = store;
        this.onEnd = onEnd;
        playback = new Playback(plays);
        replayed = stored.inputs().size();
        this.limits = limits;
        this.observer = observer;
        this.companions = companions;
        stream = new SessionStream(limits.streamBytes(), System.currentTimeMillis() * 1000);
        journeys = new Journeys(limits.stages());
        pacer = new Pacer(System::nanoTime, this::clockChanged, this::answerLooks);
        mailbox = new Mailbox(pacer::interrupt);
        looks = new Mailbox(pacer::interrupt);
        past = new Past(this, limits);
        broadcast = new Broadcast(stream, journeys, pacer, observer);
        counts = new ProgramCounts(observer);
        driver = Thread.ofVirtual().name("session-" + id).start(() -> drive(stored.inputs()));
    }

    // ---- for everybody ----

    public String id() {
        return id;
    }

    /** The token that proves ownership. */
    public String owner() {
        return owner;
    }

    public Recipe recipe() {
        return recipe;
    }

    public SessionStream stream() {
        return stream;
    }

    public Journeys journeys() {
        return journeys;
    }

    /** Who goes along with it. */
    public SessionCompanion companion() {
        awaitReady();
        return companion;
    }

    /** Whether it has booted and replayed its log. */
    public boolean isReady() {
        return ready.isDone() && !ready.isCompletedExceptionally();
    }

    /** Waits until it has booted and replayed its log; fails as that failed. */
    void awaitReady() {
        join(ready);
    }

    /** The answer, or the very exception that there is instead. */
    static <T> T join(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** How many inputs it replays before it is ready, if it is not yet. */
    public OptionalInt replaying() {
        return ready.isDone() || replayed == 0 ? OptionalInt.empty() : OptionalInt.of(replayed);
    }

    /** The structure as it was when last something ended or time passed. */
    public Update.Structure structure() {
        awaitReady();
        return java.util.Objects.requireNonNull(broadcast.structure());
    }

    public ClockState clock() {
        return new ClockState(virtualTime, pacer.pace(), pacer.isHeld());
    }

    /** The machines; containers come with the structure. */
    public List<String> machines() {
        return structure().topology().machines().stream().map(machine -> machine.name()).toList();
    }

    /** The terminals that are open. */
    public List<TerminalState> terminals() {
        awaitReady();
        return shells().states();
    }

    /**
     * Types a command into the shell of a node that has no terminal; completes when its foreground has ended, or fails with {@link
     * UnknownNodeException} or {@link LimitReachedException}.
     */
    public CompletableFuture<ExecuteResult> execute(String node, String command) {
        return execute("", node, command);
    }

    /**
     * The same for somebody who may have to ask again.
     *
     * @param id names the command: asked a second time, it is not typed again, and the answer is that of the first time. Empty for none.
     */
    public CompletableFuture<ExecuteResult> execute(String id, String node, String command) {
        awaitReady();
        waiting.incrementAndGet();
        long begun = System.nanoTime();
        return mailbox.post(() -> shells().execute(id, node, command)).thenCompose(answer -> answer).whenComplete((answer, failure) -> {
            lastUse = System.nanoTime();
            observer.answered(lastUse - begun);
            waiting.decrementAndGet();
        });
    }

    /** Gives it an input; empty if it was taken. */
    public CompletableFuture<Optional<Refusal>> submit(Input input) {
        return submit("", input);
    }

    /**
     * Gives it an input; empty if it was taken, now or before.
     *
     * @param id names the input: sent a second time, it changes nothing. Empty for none.
     */
    public CompletableFuture<Optional<Refusal>> submit(String id, Input input) {
        awaitReady();
        return mailbox.post(() -> take(id, input));
    }

    private Optional<Refusal> take(String id, Input input) {
        if (taken.contains(id)) {
            return Optional.empty();
        }
        if (playback.defers(input)) {
            playback.defer(() -> take(id, input));
            return Optional.empty();
        }
        Optional<Refusal> refusal = log.size() >= limits.inputs() ? Optional.of(Refusal.limit(logFull())) : shells().check(input);
        if (refusal.isEmpty()) {
            endPlayback("You have taken over: the rest of what was shared is not shown.");
            commit(id, input);
        } else if (refusal.get().isLimit()) {
            observer.limited();
        }
        return refusal;
    }

    /**
     * Reads the world, between two events or, while it is stepped, between two stages. {@code look} must leave all as it is, and nothing
     * of the world may leave it.
     */
    public <T> CompletableFuture<T> look(Function<World, T> look) {
        awaitReady();
        CompletableFuture<T> answer = looks.post(() -> look.apply(world()));
        mailbox.post(() -> true);
        return answer;
    }

    /**
     * Reads the world as it was at a moment, by replay in a world of its own.
     *
     * @param moment the number of a trace event: right after that stage; one still to come means now
     * @throws LimitReachedException if the session is too long to be replayed for a look
     */
    public <T> T lookBack(long moment, Function<World, T> look) {
        return past.look(moment, look);
    }

    private void answerLooks() {
        for (Mailbox.Task<?> look = looks.poll(); look != null; look = looks.poll()) {
            look.run();
        }
    }

    /** What the word at the cursor could become; nothing if there is no such terminal. */
    public CompletableFuture<Completion> complete(String terminal, String text, int cursor) {
        awaitReady();
        return mailbox.post(() -> shells().complete(terminal, text, cursor));
    }

    public void setPace(Pace pace) {
        pacer.setPace(pace);
        mailbox.post(this::tellClock);
    }

    /** Under pace step, lets one stage happen, or all of one packet. */
    public void step(boolean wholePacket) {
        pacer.step(wholePacket);
    }

    /** The log so far. */
    public List<LoggedInput> log() {
        awaitReady();
        return look(world -> List.copyOf(log)).join();
    }

    /** The log so far and how far the session has come since the last input: all that it takes to make it again as it is now. */
    List<LoggedInput> logToNow() {
        return look(world -> {
                    List<LoggedInput> whole = new ArrayList<>(log);
                    whole.add(moment());
                    return List.copyOf(whole);
                })
                .join();
    }

    private LoggedInput moment() {
        return new LoggedInput(log.size(), world().simulation().now(), events, "", new Input.Moment());
    }

    /** Tells those who look a sentence. */
    public void say(Update.Notice notice) {
        stream.append(notice);
    }

    /** Somebody looks: time passes by itself while somebody does. */
    public void addViewer() {
        viewers.incrementAndGet();
        mailbox.post(() -> {
            broadcast.refreshStructure(world()::topology);
            return true;
        });
    }

    public void removeViewer() {
        if (viewers.decrementAndGet() == 0) {
            past.forget();
        }
        lastUse = System.nanoTime();
    }

    /** How many look. */
    int viewers() {
        return viewers.get();
    }

    /** A viewer lost its place in the stream, because it reads too slowly. */
    public void fellBehind() {
        observer.fellBehind();
    }

    /** Nanoseconds since somebody last looked or typed; 0 while somebody looks. */
    long idleNanos() {
        return viewers.get() > 0 || waiting.get() > 0 ? 0 : System.nanoTime() - lastUse;
    }

    /** Lets it go from memory because it is forgotten. */
    void closeForGood() {
        deleted = true;
        close();
    }

    /** Lets it go from memory; what is stored stays. Waits until its log is complete. */
    void close() {
        closed = true;
        pacer.close();
        mailbox.post(() -> true);
        try {
            driver.join(LONGEST_GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- on its own thread ----

    private void drive(List<LoggedInput> inputs) {
        try {
            long begun = System.nanoTime();
            boot();
            broadcast.setReplaying(true);
            inputs.forEach(this::replay);
            broadcast.setReplaying(false);
            if (!inputs.isEmpty()) {
                observer.replayed(System.nanoTime() - begun);
            }
            counts.skip(world());
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
        World booted = World.boot(recipe.world(), recipe.seed(), recipe.dockerd(), recipe.limits(limits.world()));
        booted.kernel().tracer().setSink(broadcast);
        booted.kernel().tracer().setJourneys(journeys);
        world = booted;
        companion = companions.accompany(booted, broadcast::send);
        broadcast.accompany(companion);
        shells = new Shells(booted, broadcast, limits, companion);
    }

    private void replay(LoggedInput input) {
        var simulation = world().simulation();
        while (events < input.events() && simulation.nextEventTime() <= input.time() && runNext()) {
            // until the moment at which it came in
        }
        while (simulation.nextEventTime() < input.time() && runNext()) {
            // more happens than did then: the emulation or its limits are not what they were, and the time counts
        }
        cameBackOtherwise |= events != input.events();
        events = input.events();
        simulation.advanceTo(input.time());
        log.add(input);
        taken.add(input.id());
        apply(input.id(), input.input());
    }

    private void apply(String clientId, Input input) {
        shells().apply(clientId, input);
        companion.look();
    }

    /** What happened since the last input is not lost either, unless the session was deleted. */
    private void rest() {
        boolean wentOn = log.isEmpty() ? events > 0 : log.getLast().events() < events;
        if (wentOn && !deleted) {
            store.append(id, moment());
        }
    }

    /** One task, one event, or a wait. */
    private void turn() {
        answerLooks();
        Mailbox.Task<?> task = mailbox.poll();
        if (task != null) {
            task.run();
            shells().startNext(this::commit);
        } else if (playback.isDue(events) && viewers.get() > 0) {
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

    /** Whether time should pass: somebody waits for an answer, or looks. Fast, it passes only for a program in the foreground. */
    private boolean somethingRuns() {
        if (world().simulation().isIdle()) {
            return false;
        }
        boolean watched = viewers.get() > 0 && (shells().isBusy() || !playback.isOver() || !(pacer.pace() instanceof Pace.Fast));
        return shells().somebodyWaits() || watched;
    }

    private boolean runNext() {
        slices.next();
        events++;
        boolean ran = true;
        try {
            ran = world().simulation().runNext();
        } catch (RuntimeException e) {
            observer.failed(e);
        }
        virtualTime = world().simulation().now();
        shells().countEvent();
        companion.look();
        return ran;
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
            observer.limited();
            throw new LimitReachedException(logFull());
        }
        lastUse = System.nanoTime();
        var logged = new LoggedInput(log.size(), world().simulation().now(), events, clientId, input);
        try {
            long begun = System.nanoTime();
            store.append(id, logged);
            observer.stored(System.nanoTime() - begun);
        } catch (LogConflictException | StoreException | SessionGoneException e) {
            closed = true;
            throw new SessionMovedException();
        }
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
        broadcast.refreshStructure(world()::topology);
        counts.report(world());
        if (virtualTime - toldTime >= TELL_TIME_EVERY) {
            tellClock();
        }
    }

    private boolean tellClock() {
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
        slices.rest();
        Supplier<RuntimeException> why = deleted ? SessionGoneException::new : SessionMovedException::new;
        ready.completeExceptionally(why.get());
        mailbox.close(why);
        looks.close(why);
        past.forget();
        if (shells != null) {
            shells().abandon(why);
        }
        if (world != null) {
            world().discard();
        }
        stream.close();
        onEnd.accept(this);
    }

    private World world() {
        return java.util.Objects.requireNonNull(world);
    }

    private Shells shells() {
        return java.util.Objects.requireNonNull(shells);
    }
}
