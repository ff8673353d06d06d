package dev.vethlab.engine.process;

/** What an executable file does when it is run. */
public sealed interface Executable permits Program, Resident {}
