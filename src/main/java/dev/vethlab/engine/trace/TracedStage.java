package dev.vethlab.engine.trace;

import org.jspecify.annotations.Nullable;

/** A packet at a stage, with how the packet came to be, unless that is too long ago. */
public record TracedStage(TraceEvent event, @Nullable PacketBorn born) {}
