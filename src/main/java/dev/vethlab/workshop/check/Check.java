package dev.vethlab.workshop.check;

import dev.vethlab.engine.world.World;
import java.util.regex.Pattern;

/** What must be so, or must have happened since its step was reached. */
public sealed interface Check {
    /** Holds when the world is so. */
    sealed interface OfState extends Check permits Check.ContainerState, Check.OnNetwork, Check.RuleIn, Check.DeviceIn, Check.RouteIn,
            Check.SysctlIn, Check.FileIn {
        boolean holds(World world);
    }

    /** A container is in a state ({@code running}, {@code exited} …), or not there ({@code absent}). */
    record ContainerState(String name, String state) implements OfState {
        @Override
        public boolean holds(World world) {
            return WorldLook.containerState(world, name).equals(state);
        }
    }

    /** A running container has an endpoint on a network; with {@code absent}, it has none. */
    record OnNetwork(String container, String network, boolean absent) implements OfState {
        @Override
        public boolean holds(World world) {
            return WorldLook.isOnNetwork(world, container, network) != absent;
        }
    }

    /** A table has a rule, or policy, whose text as {@code iptables -S} prints it contains this. */
    record RuleIn(String on, String table, String contains, boolean absent) implements OfState {
        @Override
        public boolean holds(World world) {
            return WorldLook.namespace(world, on)
                    .map(namespace -> WorldLook.rules(namespace, table).stream().anyMatch(rule -> rule.contains(contains)) != absent)
                    .orElse(false);
        }
    }

    /** A device is there, and as described; what is empty does not matter. */
    record DeviceIn(String on, String name, String address, String master, String mtu, boolean up, boolean absent) implements OfState {
        @Override
        public boolean holds(World world) {
            return WorldLook.namespace(world, on)
                    .map(namespace -> WorldLook.devices(namespace).anyMatch(device -> WorldLook.is(device, this)) != absent)
                    .orElse(false);
        }
    }

    /** The main table has a route in whose text, as {@code ip route} prints it, this is found. */
    record RouteIn(String on, Pattern found, boolean absent) implements OfState {
        @Override
        public boolean holds(World world) {
            return WorldLook.namespace(world, on)
                    .map(namespace -> WorldLook.routes(namespace).anyMatch(found.asPredicate()) != absent)
                    .orElse(false);
        }
    }

    /** A setting has a value. */
    record SysctlIn(String on, String name, String value) implements OfState {
        @Override
        public boolean holds(World world) {
            return WorldLook.namespace(world, on).map(namespace -> value.equals(namespace.sysctls().get(name))).orElse(false);
        }
    }

    /** A file contains this. */
    record FileIn(String on, String path, String contains) implements OfState {
        @Override
        public boolean holds(World world) {
            return WorldLook.file(world, on, path).contains(contains);
        }
    }

    /** A packet passed. */
    record PacketPassed(PacketPattern packet) implements Check {}

    /** A command ended so. */
    record CommandEnded(CommandPattern command) implements Check {}
}
