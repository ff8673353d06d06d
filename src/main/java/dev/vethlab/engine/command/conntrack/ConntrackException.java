package dev.vethlab.engine.command.conntrack;

/** {@code conntrack} ends here: what it prints on standard error, whole lines, and its exit status. */
final class ConntrackException extends Exception {
    private static final long serialVersionUID = 1;

    static final String PREFIX = "conntrack v1.4.9 (conntrack-tools): ";

    private final int status;

    private ConntrackException(int status, String text) {
        super(text, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** The user wrote something wrong. */
    static ConntrackException parameter(String message) {
        return new ConntrackException(2, PREFIX + message + "\nTry `conntrack -h' or 'conntrack --help' for more information.");
    }

    /** Something else is wrong. */
    static ConntrackException other(String message) {
        return new ConntrackException(1, PREFIX + message);
    }

    /** Names of labels are in a file, which is not there. */
    static ConntrackException labels(String label) {
        return new ConntrackException(2, "nfct_labelmap_new: No such file or directory\n"
                + parameter("unknown label '" + label + "'").getMessage());
    }

    /** The kernel said no. */
    static ConntrackException failed(String message) {
        return new ConntrackException(1, PREFIX + "Operation failed: " + message);
    }

    /** The kernel does not let it listen. */
    static ConntrackException noSocket() {
        return new ConntrackException(1, PREFIX + "Can't open netlink socket");
    }

    /** It exists in reality, not here. */
    static ConntrackException unsupported(String what) {
        return new ConntrackException(dev.vethlab.engine.process.Unsupported.EXIT_STATUS, "conntrack: " + what + " is not emulated");
    }
}
