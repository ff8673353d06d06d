package dev.vethlab.engine.command.ipset;

import dev.vethlab.engine.kernel.netfilter.set.SetError;
import dev.vethlab.engine.process.Unsupported;

/** {@code ipset} ends here: what it says and its exit status ({@code enum ipset_exit_type}). */
final class IpsetException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String message;

    private IpsetException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
        this.message = message;
    }

    int status() {
        return status;
    }

    /** What was said, without who said it. */
    String message() {
        return message;
    }

    /** The command line is wrong ({@code IPSET_PARAMETER_PROBLEM}). */
    static IpsetException usage(String message) {
        return new IpsetException(2, message);
    }

    /** An element or value cannot be read. */
    static IpsetException syntax(String message) {
        return new IpsetException(1, "Syntax error: " + message);
    }

    /** Something else went wrong. */
    static IpsetException other(String message) {
        return new IpsetException(1, message);
    }

    /** It exists in reality, not here. */
    static IpsetException unsupported(String what) {
        return new IpsetException(Unsupported.EXIT_STATUS, "ipset: " + what + " is not emulated");
    }

    /** The kernel said no ({@code lib/errcode.c}). */
    static IpsetException refused(SetError error) {
        return other(switch (error) {
            case NO_SUCH_SET -> "The set with the given name does not exist";
            case SET_EXISTS -> "Set cannot be created: set with the same name already exists";
            case IN_USE -> "Set cannot be destroyed: it is in use by a kernel component";
            case RENAME_IN_USE -> "Set cannot be renamed: it is in use by another system";
            case NEW_NAME_EXISTS -> "Set cannot be renamed: a set with the new name already exists";
            case SECOND_MISSING -> "Sets cannot be swapped: the second set does not exist";
            case TYPES_DIFFER -> "The sets cannot be swapped: their type does not match";
            case ELEMENT_EXISTS -> "Element cannot be added to the set: it's already added";
            case ELEMENT_MISSING -> "Element cannot be deleted from the set: it's not added";
            case HASH_FULL -> "Hash is full, cannot add more elements";
            case LIST_FULL -> "Set is full, more elements cannot be added.";
            case OUT_OF_RANGE -> "Element is out of the range of the set";
            case INVALID_PREFIX -> "The value of the CIDR parameter of the IP address is invalid";
            case ELEMENT_SET_MISSING -> "Set to be added/deleted/tested as element does not exist.";
            case LIST_IN_LIST -> "Sets with list:set type cannot be added to the set.";
            case REFERENCE_MISSING -> "The set to which you referred with 'before' or 'after' does not exist.";
            case NO_TIMEOUT -> "Timeout cannot be used: set was created without timeout support";
            case NO_COUNTERS -> "Packet/byte counters cannot be used: set was created without counter support";
            case NO_COMMENT -> "Comment string is not allowed: set was created without comment support";
            case NO_SKBINFO -> "Skbinfo mapping cannot be used: set was created without skbinfo support";
            case RANGE_TOO_LARGE -> "The range you specified exceeds the size limit of the set type";
            case TOO_MANY_SETS -> "Kernel error received: set name already used or too many sets";
        });
    }
}
