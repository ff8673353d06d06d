package dev.vethlab.workshop;

/**
 * A command for the shell of a node.
 *
 * @param node a machine, or a running container by its name
 */
public record Line(String node, String command) {}
