package dev.vethlab.engine.kernel;

import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.neighbour.NeighbourEntry;
import dev.vethlab.engine.kernel.route.PolicyRule;
import dev.vethlab.engine.kernel.route.Route;

/** What the kernel tells those who listen to its configuration ({@code RTNLGRP_*}): something is new or different, or gone. */
public sealed interface Notification {
    /** Whether it is gone. */
    boolean deleted();

    record Link(NetDevice device, boolean deleted) implements Notification {}

    record Address(NetDevice device, InterfaceAddress address, boolean deleted) implements Notification {}

    /** A group address that a device joined or left. */
    record Group(NetDevice device, int address, boolean deleted) implements Notification {}

    record RouteOf(int table, Route route, boolean deleted) implements Notification {}

    record Neighbour(NeighbourEntry entry, boolean deleted) implements Notification {}

    record Rule(PolicyRule rule, boolean deleted) implements Notification {}
}
