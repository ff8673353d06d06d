package dev.vethlab.session;

import dev.vethlab.engine.trace.Journeys;
import dev.vethlab.engine.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One emulated world and those who look at it.
 *
 * <p>A virtual thread of its own drives the world's simulation ({@link Driver}); all other threads only leave tasks for it. The recipe and
 * the log make the same session again, bit for bit, whatever the pace was. Safe for use by several threads.
 */
public final class Session {
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final String id;
    private final String owner;
    private final Recipe recipe;
    private final int replayed;
    private final SessionObserver observer;
    private final Consumer<Session> onEnd;
    private final SessionStream stream;
    private final Journeys journeys;
    private final Past past;
    private final Driver driver;
    private final AtomicInteger viewers = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long lastUse = System.nanoTime();
    private volatile @Nullable String shown;

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
        owner = stored.owner();
        recipe = stored.recipe();
        replayed = stored.inputs().stream().mapToInt(logged -> logged.input().commands()).sum();
        this.observer = observer;
        this.onEnd = onEnd;
        stream = new SessionStream(limits.streamBytes(), System.currentTimeMillis() * 1000);
        journeys = new Journeys(limits.stages());
        past = new Past(this, limits);
        driver = new Driver(this, stored.inputs(), plays, store, limits, observer, companions);
        driver.start();
    }

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
        return driver.companion();
    }

    /** Whether it has booted and replayed its log. */
    public boolean isReady() {
        return driver.ready().isDone() && !driver.ready().isCompletedExceptionally();
    }

    /** Waits until it has booted and replayed its log; fails as that failed. */
    void awaitReady() {
        join(driver.ready());
    }

    /** The answer, or the very exception that there is instead. */
    static <T> T join(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** How many commands it replays before it is ready, if it is not yet. */
    public OptionalInt replaying() {
        return driver.ready().isDone() || replayed == 0 ? OptionalInt.empty() : OptionalInt.of(replayed);
    }

    /** The structure as it was when last something ended or time passed. */
    public Update.Structure structure() {
        awaitReady();
        return driver.structure();
    }

    public ClockState clock() {
        return driver.clock();
    }

    /** The machines; containers come with the structure. */
    public List<String> machines() {
        return structure().topology().machines().stream().map(machine -> machine.name()).toList();
    }

    /** The terminals that are open. */
    public List<TerminalState> terminals() {
        awaitReady();
        return driver.terminals();
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
        return driver.post(() -> driver.execute(id, node, command)).thenCompose(answer -> answer).whenComplete((answer, failure) -> {
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
        long begun = System.nanoTime();
        return driver.post(() -> driver.take(id, input)).whenComplete((refusal, failure) -> observer.taken(System.nanoTime() - begun));
    }

    /**
     * Reads the world, between two events or, while it is stepped, between two stages. {@code look} must leave all as it is, and nothing
     * of the world may leave it.
     */
    public <T> CompletableFuture<T> look(Function<World, T> look) {
        awaitReady();
        return driver.look(look);
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

    /** What the word at the cursor could become; nothing if there is no such terminal. */
    public CompletableFuture<Completion> complete(String terminal, String text, int cursor) {
        awaitReady();
        return driver.post(() -> driver.complete(terminal, text, cursor));
    }

    public void setPace(Pace pace) {
        driver.pacer().setPace(pace);
        driver.post(driver::tellClock);
    }

    /** Under pace step, lets one stage happen, or all of one packet. */
    public void step(boolean wholePacket) {
        driver.pacer().step(wholePacket);
    }

    /** How long the log is, if all that it asked for has been done; -1 while something is still being done. */
    public int lengthDone() {
        return driver.lengthDone();
    }

    /** The log so far. */
    public List<LoggedInput> log() {
        awaitReady();
        return look(world -> driver.log()).join();
    }

    /** The log so far and how far the session has come since the last input: all that it takes to make it again as it is now. */
    List<LoggedInput> logToNow() {
        return look(world -> driver.logToNow()).join();
    }

    /** Shows those who look another session, by a link to watch it; null to show it no longer. */
    public void show(@Nullable String link) {
        shown = link;
        stream.append(new Update.Shown(link));
    }

    /** The link to what is shown beside it; null for nothing. */
    public @Nullable String shown() {
        return shown;
    }

    /** Tells those who look a sentence. */
    public void say(Update.Notice notice) {
        stream.append(notice);
    }

    /** Somebody looks: time passes by itself while somebody does. */
    public void addViewer() {
        viewers.incrementAndGet();
        driver.post(driver::refreshStructure);
    }

    public void removeViewer() {
        if (viewers.decrementAndGet() == 0) {
            past.forget();
        }
        use();
    }

    /** Somebody uses it at this time. */
    void use() {
        lastUse = System.nanoTime();
    }

    /** How many look. */
    int viewers() {
        return viewers.get();
    }

    /** A viewer was not sent so many stages of packets, because it reads too slowly. */
    public void leftOut(long dropped) {
        observer.leftOut(dropped);
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
        driver.close(true, LONGEST_GOODBYE);
    }

    /** Lets it go from memory; what is stored stays. Waits until its log is complete. */
    void close() {
        driver.close(false, LONGEST_GOODBYE);
    }

    /** It has left memory. */
    void ended() {
        past.forget();
        onEnd.accept(this);
    }
}
