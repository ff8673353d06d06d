package dev.vethlab.engine.process;

import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.file.FileError;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.sim.Event;
import dev.vethlab.engine.sim.Simulation;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process of an emulated machine, and the calls its program makes.
 *
 * <p>A {@link Program} blocks only in {@link #await} and what is built on it; while it is blocked, events and other processes run. A
 * signal wakes a blocked call: a handler set by {@link #onSignal} runs and the call's condition is looked at again; without a handler
 * the process ends there.
 */
public final class EmulatedProcess {
    /** For {@link #await}: no limit. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** The exit status of a program that the emulation itself failed in: as after SIGABRT. */
    private static final int DEFECT_STATUS = 134;

    /** The highest number of an open file. */
    public static final int MAX_DESCRIPTORS = 255;

    private enum State {
        RUNNABLE,
        BLOCKED,
        ENDED
    }

    private final ProcessTable table;
    private final int pid;
    private final int namespacePid;
    private final @Nullable EmulatedProcess parent;
    private final ProcessContext context;
    private final Descriptors descriptors;
    private List<String> arguments;
    private List<String> commandLine;
    private Executable executable;
    private final long startTime;
    private final WaitQueue changed;
    private final SignalActions signals;
    private final List<Runnable> exitActions = new ArrayList<>();
    private final Freezer freezer = new Freezer();
    private final Runnable waker = this::wake;
    private final Consumer<Signal> diesOf = signal -> finish(signal.exitStatus(), signal);
    private @Nullable Coroutine coroutine;
    private String name;
    private int group;
    private int session;
    private State state = State.RUNNABLE;
    private final HeldMemory held = new HeldMemory();
    private int exitStatus;
    private @Nullable Signal endedBy;

    EmulatedProcess(
            ProcessTable table,
            int pid,
            int namespacePid,
            @Nullable EmulatedProcess parent,
            ProcessContext context,
            List<OpenFile> descriptors,
            Executable executable,
            List<String> arguments) {
        this.table = table;
        this.pid = pid;
        this.namespacePid = namespacePid;
        this.parent = parent;
        this.context = context;
        this.descriptors = new Descriptors(descriptors);
        this.executable = executable;
        this.arguments = List.copyOf(arguments);
        this.commandLine = this.arguments;
        this.name = baseName(arguments.getFirst());
        this.group = parent == null ? pid : parent.group;
        this.session = parent == null ? pid : parent.session;
        this.startTime = table.simulation().now();
        this.changed = new WaitQueue(table.simulation());
        this.signals = new SignalActions(parent == null ? null : parent.signals);
        context.network().retain();
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    // ---- who it is ----

    /** The process id in the machine's own PID namespace. */
    public int pid() {
        return pid;
    }

    /** The process id as the process itself sees it: 1 for a container's first. */
    public int namespacePid() {
        return namespacePid;
    }

    public @Nullable EmulatedProcess parent() {
        return parent;
    }

    /** The command name, at most 15 characters of which the kernel would keep. */
    public String name() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** What it runs. */
    public Executable executable() {
        return executable;
    }

    /** {@code argv}; the first is the program's own name as it was called. */
    public List<String> arguments() {
        return arguments;
    }

    /** What others see of it ({@code /proc/PID/cmdline}): {@code argv}, unless it wrote over that. */
    public List<String> commandLine() {
        return commandLine;
    }

    /** Writes over its own {@code argv}, as servers do that tell their state there; the command name stays. */
    public void setTitle(String title) {
        commandLine = List.of(title);
    }

    public ProcessContext context() {
        return context;
    }

    public NetworkNamespace network() {
        return context.network();
    }

    /** setns(2): goes into another network namespace. */
    public void enter(NetworkNamespace other) {
        other.retain();
        NetworkNamespace left = context.network();
        context.enter(other);
        left.release();
    }

    public ProcessTable table() {
        return table;
    }

    public Simulation simulation() {
        return table.simulation();
    }

    /** Virtual time in nanoseconds. */
    public long now() {
        return table.simulation().now();
    }

    public long startTime() {
        return startTime;
    }

    /** The process group: Ctrl-C goes to all of the terminal's foreground group. */
    public int group() {
        return group;
    }

    public void setGroup(int group) {
        this.group = group;
    }

    /** The session: the pid of the process that began it. */
    public int session() {
        return session;
    }

    /** Begins a session of its own, as setsid(2) does; the process group is left to {@link #setGroup}. */
    public void beginSession() {
        session = pid;
    }

    // ---- files ----

    /** What is open under a number; a closed descriptor fails with EBADF when it is used. */
    public OpenFile descriptor(int number) {
        return descriptors.get(number);
    }

    /** dup2(2) and close(2): from now on {@code number} (0 to {@value #MAX_DESCRIPTORS}) means {@code file}. */
    public void setDescriptor(int number, OpenFile file) {
        if (state != State.ENDED) {
            descriptors.set(number, file);
        }
    }

    /** All open descriptors, for handing on to a child. */
    public List<OpenFile> descriptors() {
        return descriptors.all();
    }

    /** Writes text to standard output; blocks while a pipe is full. */
    public void print(String text) {
        descriptor(1).write(this, Bytes.of(text));
    }

    public void println(String line) {
        print(line + "\n");
    }

    /** Writes text and a newline to standard error. */
    public void error(String line) {
        descriptor(2).report(this, line + "\n");
    }

    /** Up to {@code limit} bytes of standard input; empty at its end. */
    public Bytes read(int limit) {
        return descriptor(0).read(this, limit);
    }

    /**
     * Takes so many bytes of memory, which it has until it ends; ends it if there is no room for them.
     *
     * @see dev.vethlab.engine.kernel.Memory
     */
    public void hold(long bytes) {
        if (!held.hold(memory(), bytes)) {
            error(memory().refusal());
            exit(1);
        }
    }

    /** What it keeps from now on, besides what it {@linkplain #hold holds}, weighs so many bytes; false if there is no room for them. */
    public boolean keep(long bytes) {
        return held.keep(memory(), bytes);
    }

    private Memory memory() {
        return context.network().kernel().memory();
    }

    /** What it has beyond what every process weighs. */
    long held() {
        return held.bytes() + arguments.stream().mapToLong(String::length).sum();
    }

    // ---- blocking ----

    /**
     * Blocks until {@code condition} holds, looking at it each time {@code queue} wakes.
     *
     * @param timeoutNanos how long at most, or {@link #FOREVER}
     * @return whether the condition holds
     */
    public boolean await(WaitQueue queue, BooleanSupplier condition, long timeoutNanos) {
        return await(List.of(queue), condition, timeoutNanos);
    }

    /** Like {@link #await(WaitQueue, BooleanSupplier, long)}, with several things that may wake it. */
    public boolean await(List<WaitQueue> queues, BooleanSupplier condition, long timeoutNanos) {
        deliverSignals();
        long deadline = timeoutNanos == FOREVER ? FOREVER : now() + timeoutNanos;
        Event timer = deadline == FOREVER ? null : simulation().schedule(timeoutNanos, waker);
        try {
            while (!condition.getAsBoolean()) {
                if (now() >= deadline) {
                    return false;
                }
                queues.forEach(queue -> queue.add(waker));
                block();
                queues.forEach(queue -> queue.remove(waker));
                deliverSignals();
            }
            return true;
        } finally {
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    /** Lets virtual time pass; a signal's handler does not shorten it. */
    public void sleep(long nanos) {
        await(List.of(), () -> false, nanos);
    }

    /** Uses the processor: virtual time passes. What loops must call this, or time would stand still. */
    public void spend(long nanos) {
        sleep(nanos);
    }

    /** Blocks until {@code child} has ended; its exit status, 128 + signal if a signal ended it. */
    public int waitFor(EmulatedProcess child) {
        await(child.changed, child::hasEnded, FOREVER);
        return child.exitStatus();
    }

    /**
     * Does what a shell does while something runs in its foreground: a signal that this process handles is delivered only after it; one
     * that it does not handle ends it as ever.
     */
    public <T> T deferringSignals(Supplier<T> calls) {
        boolean before = signals.setDeferring(true);
        try {
            return calls.get();
        } finally {
            signals.setDeferring(before);
            deliverSignals();
        }
    }

    /** Like {@link #waitFor}; while signals are deferred a child that has not begun may have this one's thread, with its frames on top. */
    public int waitLendingThread(EmulatedProcess child) {
        if (coroutine != null && child.coroutine != null && signals.mayWait()) {
            coroutine.lendThread(child.coroutine);
        }
        return waitFor(child);
    }

    // ---- children, signals, end ----

    /** Starts a program with the same surroundings and files. */
    public EmulatedProcess spawn(Executable program, List<String> argv) {
        return table.spawn(this, context.copy(), descriptors.all(), program, argv);
    }

    /** Starts a program with other surroundings or files. */
    public EmulatedProcess spawn(Executable program, List<String> argv, ProcessContext surroundings, List<OpenFile> files) {
        return table.spawn(this, surroundings, files, program, argv);
    }

    /** execve(2): becomes another program. Does not return. */
    public void exec(Executable program, List<String> argv) {
        commandLine = List.copyOf(argv);
        become(program, argv);
    }

    /** Goes on as another program of the same file, without execve(2): others go on to see the command line it had. */
    public void become(Executable program, List<String> argv) {
        signals.forgetHandlers();
        executable = program;
        arguments = List.copyOf(argv);
        name = baseName(argv.getFirst());
        switch (program) {
            case Program main -> exit(main.main(this));
            case Resident resident -> {
                coroutine = null;
                state = State.RUNNABLE;
                resident.start(this);
                throw new Terminated();
            }
        }
    }

    /** Lets a resident that rests run {@code body} as a program runs: its calls may block. It rests again when the body ends. */
    public void perform(Runnable body) {
        if (coroutine != null) {
            throw new IllegalStateException(name + " is running");
        }
        coroutine = new Coroutine(name + "-" + pid, () -> {
            try {
                deliverSignals();
                body.run();
            } catch (Terminated ended) {
                // the status was set where it ended
            } finally {
                coroutine = null;
                if (state != State.ENDED) {
                    state = State.RUNNABLE;
                }
            }
        }, simulation()::ranNext);
        state = State.BLOCKED;
        simulation().schedule(0, waker);
    }

    /** Runs {@code handler} instead of the default action. KILL and STOP cannot be caught. */
    public void onSignal(Signal signal, Runnable handler) {
        signals.handle(signal, handler);
    }

    /** What a running program does before a signal that it does not handle ends it, unless that is KILL (bash's termsig_handler()). */
    public void setLastWords(@Nullable Runnable words) {
        signals.setLastWords(words);
    }

    /** Does nothing on this signal ({@code SIG_IGN}), nor do children and what {@link #exec} makes of it. */
    public void ignoreSignal(Signal signal) {
        signals.ignore(signal);
    }

    /** Back to the default action. */
    public void resetSignal(Signal signal) {
        signals.reset(signal);
    }

    /** Sends it a signal. */
    public void signal(Signal signal) {
        if (state == State.ENDED || signals.isIgnored(signal)) {
            return;
        }
        switch (signal) {
            case STOP, TSTP -> freezer.freeze();
            case CONT -> thaw();
            default -> {
                if (!signals.post(signal)) {
                    return;
                }
                if (signal == Signal.KILL) {
                    thaw();
                }
                simulation().schedule(0, coroutine == null ? this::deliverFromOutside : waker);
            }
        }
    }

    /** It is the first process of a PID namespace: of signals, only those it handles and KILL reach it (pid_namespaces(7)). */
    public void becomeNamespaceInit() {
        signals.becomeNamespaceInit();
    }

    /** Stops it from running until {@link #thaw}, as the freezer cgroup does. */
    public void freeze() {
        freezer.freeze();
    }

    public void thaw() {
        if (freezer.thaw()) {
            simulation().schedule(0, waker);
        }
        freezer.postponed().forEach(action -> simulation().schedule(0, () -> whenRunning(action)));
    }

    /** Runs a resident's callback: now, or when it is thawed; never after its end. */
    public void whenRunning(Runnable action) {
        if (freezer.isFrozen()) {
            freezer.postpone(action);
        } else if (state != State.ENDED) {
            action.run();
        }
    }

    public boolean isFrozen() {
        return freezer.isFrozen();
    }

    /** Runs {@code action} when the process ends, whatever ends it: closes sockets and the like. */
    public void onExit(Runnable action) {
        exitActions.add(action);
    }

    /** Ends the process. Of a running program this does not return. */
    public void exit(int status) {
        finish(status & 0xFF, null);
        if (coroutine != null) {
            throw new Terminated();
        }
    }

    public boolean hasEnded() {
        return state == State.ENDED;
    }

    /** The exit status; 128 + number if a signal ended it. Without meaning before it has ended. */
    public int exitStatus() {
        return exitStatus;
    }

    public @Nullable Signal endedBy() {
        return endedBy;
    }

    /** Wakes when the process ends. */
    public WaitQueue ended() {
        return changed;
    }

    public boolean isResident() {
        return coroutine == null;
    }

    // ---- inside ----

    void start() {
        switch (executable) {
            case Program program -> {
                coroutine = new Coroutine(name + "-" + pid, () -> runProgram(program), simulation()::ranNext);
                state = State.BLOCKED;
                simulation().schedule(ProcessTable.START_COST, waker);
            }
            case Resident resident ->
                    simulation().schedule(ProcessTable.START_COST, () -> {
                        if (state != State.ENDED) {
                            resident.start(this);
                        }
                    });
        }
    }

    private void runProgram(Program program) {
        try {
            deliverSignals();
            finish(program.main(this) & 0xFF, null);
        } catch (Terminated ended) {
            // the status was set where it ended
        } catch (FileError e) {
            descriptor(2).report(this, name + ": write error: " + e.errno().message() + "\n");
            finish(1, null);
        } catch (RuntimeException | StackOverflowError defect) {
            // its program ends, nobody else's: whoever waits for it goes on, and the driver hears of the defect
            if (state != State.ENDED) {
                descriptor(2).report(this, "vethlab: " + name + " failed; this is a defect of the emulation\n");
                finish(DEFECT_STATUS, null);
            }
            throw defect;
        }
    }

    /** Until something wakes it. */
    private void block() {
        Coroutine own = Objects.requireNonNull(coroutine, "a resident does not block");
        state = State.BLOCKED;
        // its thread is there until the one that it was lent to has ended, also if this one has
        while (state == State.BLOCKED || own.isBeneath()) {
            if (!simulation().ranNext()) {
                own.pause();
            }
        }
    }

    private void wake() {
        if (freezer.isFrozen()) {
            freezer.wake();
        } else if (state == State.BLOCKED && coroutine != null && coroutine.isBeneath()) {
            deliverFromOutside();
        } else if (state == State.BLOCKED && coroutine != null) {
            state = State.RUNNABLE;
            coroutine.resume();
        }
    }

    private void deliverSignals() {
        if (state == State.ENDED) {
            throw new Terminated();
        }
        signals.deliver(diesOf, true);
        if (state == State.ENDED) {
            throw new Terminated();
        }
    }

    /** To one that has no thread, or cannot use it now. */
    private void deliverFromOutside() {
        if (state != State.ENDED) {
            signals.deliver(diesOf, false);
        }
    }

    private void finish(int status, @Nullable Signal by) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        exitStatus = status;
        endedBy = by;
        for (Runnable action : exitActions.reversed()) {
            action.run();
        }
        descriptors.close();
        signals.close();
        table.ended(this);
        changed.wakeAll();
        context.network().release();
    }

    /** Ends it at once, outside of virtual time: the session is over. */
    void discard() {
        if (coroutine != null && !coroutine.hasEnded()) {
            state = State.ENDED;
            coroutine.resume();
        }
    }
}
