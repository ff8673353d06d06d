package dev.vethlab.engine.command.iptables.extension;

/**
 * An option of a match or target.
 *
 * @param name without dashes
 * @param canonical the name that error messages use; another option's for a synonym
 * @param hasValue whether a word follows
 */
public record Option(String name, String canonical, boolean hasValue, boolean invertible, boolean repeatable) {
    static Option value(String name) {
        return new Option(name, name, true, false, false);
    }

    static Option invertible(String name) {
        return new Option(name, name, true, true, false);
    }

    static Option flag(String name) {
        return new Option(name, name, false, false, false);
    }

    static Option invertibleFlag(String name) {
        return new Option(name, name, false, true, false);
    }

    /** Another name for an option. */
    Option alias(String other) {
        return new Option(other, canonical, hasValue, invertible, repeatable);
    }

    /** It checks itself whether it comes twice or inverted. */
    Option unchecked() {
        return new Option(name, canonical, hasValue, true, true);
    }
}
