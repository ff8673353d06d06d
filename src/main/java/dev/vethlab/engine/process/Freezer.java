package dev.vethlab.engine.process;

import java.util.ArrayList;
import java.util.List;

/** Keeps a process from running, as the freezer cgroup and SIGSTOP do, and what should have happened to it meanwhile. */
final class Freezer {
    private final List<Runnable> postponed = new ArrayList<>();
    private boolean frozen;
    private boolean woken;

    boolean isFrozen() {
        return frozen;
    }

    void freeze() {
        frozen = true;
    }

    /** It should have gone on. */
    void wake() {
        woken = true;
    }

    /** This should have run in it. */
    void postpone(Runnable action) {
        postponed.add(action);
    }

    /** Lets it run again; whether it should have gone on meanwhile. */
    boolean thaw() {
        boolean goesOn = woken;
        frozen = false;
        woken = false;
        return goesOn;
    }

    /** What was postponed, which is forgotten here. */
    List<Runnable> postponed() {
        List<Runnable> actions = List.copyOf(postponed);
        postponed.clear();
        return actions;
    }
}
