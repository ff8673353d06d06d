package dev.vethlab.engine.kernel.device;

/** The operational state of an interface (RFC 2863), as {@code ip link} prints it. */
public enum OperState {
    UNKNOWN,
    DOWN,
    LOWERLAYERDOWN,
    UP
}
