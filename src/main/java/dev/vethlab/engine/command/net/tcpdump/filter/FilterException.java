package dev.vethlab.engine.command.net.tcpdump.filter;

/** An expression that is none; the message is libpcap's own. */
public final class FilterException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean unsupported;

    public FilterException(String message) {
        this(message, false);
    }

    private FilterException(String message, boolean unsupported) {
        super(message, null, false, false);
        this.unsupported = unsupported;
    }

    static FilterException syntax() {
        return new FilterException("can't parse filter expression: syntax error");
    }

    static FilterException unsupported(String word) {
        return new FilterException("tcpdump filters do not know “" + word + "”", true);
    }

    /** Whether the real one would know what is asked for. */
    public boolean isUnsupported() {
        return unsupported;
    }
}
