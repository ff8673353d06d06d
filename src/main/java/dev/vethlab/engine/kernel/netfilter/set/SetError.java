package dev.vethlab.engine.kernel.netfilter.set;

/** Why the kernel refuses ({@code IPSET_ERR_*}). */
public enum SetError {
    NO_SUCH_SET,
    SET_EXISTS,
    IN_USE,
    RENAME_IN_USE,
    NEW_NAME_EXISTS,
    SECOND_MISSING,
    TYPES_DIFFER,
    ELEMENT_EXISTS,
    ELEMENT_MISSING,
    HASH_FULL,
    LIST_FULL,
    OUT_OF_RANGE,
    INVALID_PREFIX,
    ELEMENT_SET_MISSING,
    LIST_IN_LIST,
    REFERENCE_MISSING,
    NO_TIMEOUT,
    NO_COUNTERS,
    NO_COMMENT,
    NO_SKBINFO,
    RANGE_TOO_LARGE,
    TOO_MANY_SETS
}
