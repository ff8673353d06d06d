package dev.vethlab.engine.process;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a process does on each signal (sigaction(2)), and the signals that wait for it. KILL and STOP cannot be caught nor ignored. */
final class SignalActions {
    private final ArrayDeque<Signal> pending = new ArrayDeque<>();
    private final Map<Signal, Runnable> handlers = new EnumMap<>(Signal.class);
    private final Set<Signal> ignored;
    private boolean namespaceInit;
    private boolean deferring;
    private @Nullable Runnable lastWords;

    /** A child goes on to ignore what its parent ignores. */
    SignalActions(@Nullable SignalActions parent) {
        ignored = parent == null ? EnumSet.noneOf(Signal.class) : EnumSet.copyOf(parent.ignored);
    }

    void handle(Signal signal, Runnable handler) {
        if (isCatchable(signal)) {
            handlers.put(signal, handler);
            ignored.remove(signal);
        }
    }

    void ignore(Signal signal) {
        if (isCatchable(signal)) {
            ignored.add(signal);
        }
    }

    void reset(Signal signal) {
        handlers.remove(signal);
        ignored.remove(signal);
    }

    /** execve(2): what is ignored stays so, handlers are gone. */
    void forgetHandlers() {
        handlers.clear();
        lastWords = null;
    }

    /** Of the first process of a PID namespace: only what it handles and KILL reach it (pid_namespaces(7)). */
    void becomeNamespaceInit() {
        namespaceInit = true;
    }

    boolean isIgnored(Signal signal) {
        return ignored.contains(signal);
    }

    /** Lets a signal wait for its delivery; false if nothing would come of it. */
    boolean post(Signal signal) {
        if (handlers.get(signal) == null && (signal.ignoredByDefault() || (namespaceInit && signal != Signal.KILL))) {
            return false;
        }
        pending.add(signal);
        return true;
    }

    /** Whether what is handled waits from now on; whether it did before. */
    boolean setDeferring(boolean on) {
        boolean before = deferring;
        deferring = on;
        return before;
    }

    /** Whether no signal needs the process itself now. */
    boolean mayWait() {
        return deferring && lastWords == null;
    }

    /** What the process does before a signal that it does not handle ends it, unless that is KILL. */
    void setLastWords(@Nullable Runnable words) {
        lastWords = words;
    }

    /**
     * Delivers what waits: to its handler, or else to {@code byDefault}, which ends the process.
     *
     * @param speaks whether the process can do something itself before that
     */
    void deliver(Consumer<Signal> byDefault, boolean speaks) {
        for (Signal signal = next(); signal != null; signal = next()) {
            Runnable handler = handlers.get(signal);
            if (handler != null) {
                handler.run();
            } else if (!signal.ignoredByDefault()) {
                Runnable words = lastWords;
                lastWords = null;
                if (words != null && speaks && signal != Signal.KILL) {
                    words.run();
                }
                byDefault.accept(signal);
            }
        }
    }

    private @Nullable Signal next() {
        if (!deferring) {
            return pending.poll();
        }
        for (Signal signal : pending) {
            if (handlers.get(signal) == null) {
                pending.remove(signal);
                return signal;
            }
        }
        return null;
    }

    /** The process has ended: nothing reaches it any more. */
    void close() {
        pending.clear();
    }

    private static boolean isCatchable(Signal signal) {
        return signal != Signal.KILL && signal != Signal.STOP;
    }
}
