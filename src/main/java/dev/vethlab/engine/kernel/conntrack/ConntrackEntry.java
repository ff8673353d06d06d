package dev.vethlab.engine.kernel.conntrack;

/** One tracked connection. */
public final class ConntrackEntry {}
