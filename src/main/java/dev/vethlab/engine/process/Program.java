package dev.vethlab.engine.process;

/** A program that runs from top to bottom and blocks through the calls of its process. */
@FunctionalInterface
public non-sealed interface Program extends Executable {
    /** Runs it; returns the exit status, 0 to 255. */
    int main(EmulatedProcess self);
}
