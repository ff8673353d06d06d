package dev.vethlab.engine.kernel;

/** The kernel said no: an errno, and for netlink requests perhaps a sentence of its own (“extack”). */
public final class KernelException extends Exception {
    private static final long serialVersionUID = 1;

    private final Errno errno;
    private final String detail;

    public KernelException(Errno errno) {
        this(errno, "");
    }

    /** {@code detail} is the extended acknowledgement that {@code ip} prints as {@code Error: detail.}; empty if there is none. */
    public KernelException(Errno errno, String detail) {
        super(detail.isEmpty() ? errno.message() : detail, null, false, false);
        this.errno = errno;
        this.detail = detail;
    }

    public Errno errno() {
        return errno;
    }

    public String detail() {
        return detail;
    }
}
