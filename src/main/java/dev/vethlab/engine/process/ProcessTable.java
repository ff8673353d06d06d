package dev.vethlab.engine.process;

import dev.vethlab.engine.kernel.Limit;
import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.kernel.Room;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.sim.Simulation;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The processes of one machine, by pid; numbering starts where a booted machine would be. */
public final class ProcessTable {
    /** What fork and exec take, in nanoseconds of virtual time. */
    public static final long START_COST = 500_000;

    /** How many different names are counted. */
    private static final int MAX_NAMES = 500;

    private static final int FIRST_PID = 300;

    private final Simulation simulation;
    private final Room room;
    private final TreeMap<Integer, EmulatedProcess> processes = new TreeMap<>();
    private final Map<String, Long> started = new TreeMap<>();
    private final Map<String, Long> unsupported = new TreeMap<>();
    private final PidNamespace pids = new PidNamespace();
    private int lastPid = FIRST_PID;
    private NameService names = (self, host, service, protocol) -> new NameService.NotFound("Name or service not known");

    /** A table that holds as many processes at a time as {@code room} says. */
    public ProcessTable(Simulation simulation, Room room) {
        this.simulation = simulation;
        this.room = room;
    }

    public Simulation simulation() {
        return simulation;
    }

    /** How its processes find hosts by name. */
    public NameService names() {
        return names;
    }

    public void setNames(NameService service) {
        names = service;
    }

    /**
     * Starts a process.
     *
     * @param parent null for what a machine starts at boot
     * @throws ProcessLimitException if there are too many ({@code EAGAIN} of fork(2))
     */
    public EmulatedProcess spawn(
            @Nullable EmulatedProcess parent,
            ProcessContext context,
            List<OpenFile> files,
            Executable executable,
            List<String> arguments) {
        if (!room.has(Limit.PROCESSES, processes.size(), 1)) {
            throw new ProcessLimitException(room.most(Limit.PROCESSES));
        }
        int pid = ++lastPid;
        var process = new EmulatedProcess(
                this, pid, context.pids() == pids ? pid : context.pids().allocate(), parent, context, files, executable, arguments);
        processes.put(pid, process);
        started(process.name());
        process.start();
        return process;
    }

    /** The machine's own PID namespace, in which all its processes are seen and numbered as {@link EmulatedProcess#pid} says. */
    public PidNamespace pids() {
        return pids;
    }

    /** The processes that another one sees, by the number under which it knows them. */
    public SortedMap<Integer, EmulatedProcess> visibleTo(EmulatedProcess reader) {
        if (reader.context().pids() == pids) {
            return Collections.unmodifiableSortedMap(processes);
        }
        var visible = new TreeMap<Integer, EmulatedProcess>();
        for (EmulatedProcess process : processes.values()) {
            if (process.context().pids() == reader.context().pids()) {
                visible.put(process.namespacePid(), process);
            }
        }
        return visible;
    }

    /** All that live, by pid. */
    public Collection<EmulatedProcess> processes() {
        return List.copyOf(processes.values());
    }

    public @Nullable EmulatedProcess find(int pid) {
        return processes.get(pid);
    }

    /**
     * kill(2): what a process sends to the first of its own PID namespace reaches it only if it is handled, be it KILL
     * ({@code sig_task_ignored()}).
     */
    public static void kill(EmulatedProcess sender, EmulatedProcess target, Signal signal) {
        boolean shielded = target.namespacePid() == 1 && sender.context().pids() == target.context().pids();
        if (!shielded || signal != Signal.KILL && signal != Signal.STOP) {
            target.signal(signal);
        }
    }

    /** Sends a signal to all of a process group. */
    public void signalGroup(int group, Signal signal) {
        for (EmulatedProcess process : processes()) {
            if (process.group() == group) {
                process.signal(signal);
            }
        }
    }

    /** What its processes weigh ({@link Memory}). */
    public long weight() {
        long weight = (long) processes.size() * Memory.PROCESS;
        for (EmulatedProcess process : processes.values()) {
            weight += process.held();
        }
        return weight;
    }

    /** Counts the programs that were started, by name. */
    public Map<String, Long> startedPrograms() {
        return Collections.unmodifiableMap(started);
    }

    void started(String program) {
        if (started.size() < MAX_NAMES || started.containsKey(program)) {
            started.merge(program, 1L, Long::sum);
        }
    }

    /** Counts what is asked for and not emulated, by program. */
    public Map<String, Long> unsupportedAnswers() {
        return Collections.unmodifiableMap(unsupported);
    }

    void unsupported(String program) {
        if (unsupported.size() < MAX_NAMES || unsupported.containsKey(program)) {
            unsupported.merge(program, 1L, Long::sum);
        }
    }

    void ended(EmulatedProcess process) {
        processes.remove(process.pid());
        if (process.namespacePid() == 1) {
            // zap_pid_ns_processes: when a namespace's first process ends, so do the others
            for (EmulatedProcess other : processes()) {
                if (other.context().pids() == process.context().pids()) {
                    other.signal(Signal.KILL);
                }
            }
        }
    }

    /** Ends all processes at once: the session is over. Frees their threads. */
    public void discard() {
        // children first, for they may be on their parents' threads
        List.copyOf(processes.descendingMap().values()).forEach(EmulatedProcess::discard);
        processes.clear();
    }
}
