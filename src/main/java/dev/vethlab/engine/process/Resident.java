package dev.vethlab.engine.process;

/** A server: {@link #start} hangs up its callbacks and returns; the process lives, without a thread, until it exits or is killed. */
@FunctionalInterface
public non-sealed interface Resident extends Executable {
    void start(EmulatedProcess self);
}
