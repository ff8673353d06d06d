package dev.vethlab.session;

/**
 * How time passes.
 *
 * @param time virtual, in nanoseconds
 * @param held whether it stands although there is something to do
 */
public record ClockState(long time, Pace pace, boolean held) {}
