package dev.vethlab.engine.command.ip;

/** The options before the object: {@code ip -br -j addr}. */
public final class IpOptions {
    /** Which addresses, routes and neighbours are meant. */
    public enum Family {
        UNSPECIFIED,
        INET,
        INET6,
        LINK,
        OTHER
    }

    /** How monitors tell the time. */
    enum Timestamp {
        NONE,
        LONG,
        SHORT
    }

    Family family = Family.UNSPECIFIED;
    Timestamp timestamp = Timestamp.NONE;
    int statistics;
    boolean details;
    boolean brief;
    boolean oneLine;
    boolean json;
    boolean pretty;
    boolean coloured;
    boolean numeric;
    boolean all;
    boolean force;
    boolean human;

    /** Whether busybox's {@code ip} prints: an iproute2 of 2002, with less to tell. */
    boolean busybox;

    /** What busybox's {@code ip} knows. */
    public static IpOptions ofBusybox(Family family, boolean oneLine) {
        var options = new IpOptions();
        options.family = family;
        options.oneLine = oneLine;
        options.busybox = true;
        return options;
    }

    public Family family() {
        return family;
    }

    public boolean wantsInet() {
        return family == Family.UNSPECIFIED || family == Family.INET;
    }

    public boolean wantsInet6() {
        return family == Family.UNSPECIFIED || family == Family.INET6;
    }

    public boolean details() {
        return details;
    }

    public boolean json() {
        return json;
    }

    public Printer printer() {
        return new Printer(json, pretty, coloured && !json, oneLine);
    }
}
