package dev.vethlab.engine.command.iptables.extension;

import java.util.OptionalInt;

/** What a rule's words may mean on the machine on which they are written. */
public interface Surroundings {
    /** Says what is odd but no error. */
    void warn(String text);

    /** Whether there is a set of this name. */
    boolean hasSet(String name);

    /** The number of a user by name. */
    OptionalInt user(String name);

    /** The number of a group by name. */
    OptionalInt group(String name);
}
