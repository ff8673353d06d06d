package dev.vethlab.session;

/**
 * An input at its place in the log.
 *
 * @param index from 0
 * @param time the virtual time in nanoseconds at which it came in
 * @param events how many events of the simulation had run by then; orders it among events of the same time
 * @param id chosen by whoever sent it, so that it is not taken a second time when it is sent again; may be empty
 */
public record LoggedInput(long index, long time, long events, String id, Input input) {}
