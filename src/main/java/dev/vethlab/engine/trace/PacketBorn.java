package dev.vethlab.engine.trace;

/**
 * A packet came to be.
 *
 * @param packet its number, from 1 in a session
 * @param parent the packet it stems from, or 0
 * @param sender the program or kernel part that made it, such as {@code curl}; empty if unknown
 */
public record PacketBorn(long packet, long parent, Cause cause, long time, String sender) {}
