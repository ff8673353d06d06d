package dev.vethlab.engine.command.net.tcpdump.filter;

/** What can be said of a condition when only a packet's protocols are known. */
enum Truth {
    NO,
    MAYBE,
    YES;

    static Truth of(boolean known) {
        return known ? YES : NO;
    }

    Truth and(Truth other) {
        return compareTo(other) < 0 ? this : other;
    }

    Truth or(Truth other) {
        return compareTo(other) > 0 ? this : other;
    }

    Truth not() {
        return switch (this) {
            case NO -> YES;
            case MAYBE -> MAYBE;
            case YES -> NO;
        };
    }
}
