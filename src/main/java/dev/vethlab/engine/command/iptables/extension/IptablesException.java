package dev.vethlab.engine.command.iptables.extension;

/** {@code iptables} ends here: what it prints on standard error, whole lines, and its exit status. */
public final class IptablesException extends Exception {
    private static final long serialVersionUID = 1;

    /** {@code PARAMETER_PROBLEM}. */
    public static final int PARAMETER = 2;
    /** {@code OTHER_PROBLEM}: the kernel has no such thing. */
    public static final int OTHER = 1;
    /** {@code VERSION_PROBLEM}. */
    public static final int VERSION = 3;
    /** {@code RESOURCE_PROBLEM}. */
    public static final int RESOURCE = 4;

    private static final String HINT = "Try `iptables -h' or 'iptables --help' for more information.";
    private static final String PREFIX = "iptables v1.8.13 (nf_tables): ";

    private final int status;

    private IptablesException(int status, String text) {
        super(text, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** The user wrote something wrong ({@code xtables_error(PARAMETER_PROBLEM, …)}). */
    public static IptablesException parameter(String message) {
        return new IptablesException(PARAMETER, PREFIX + message + "\n" + HINT);
    }

    /** A word that belongs to no option. */
    public static IptablesException badArgument(String word) {
        return new IptablesException(PARAMETER, "Bad argument `" + word + "'\n" + HINT);
    }

    /** Only the hint. */
    public static IptablesException hint() {
        return new IptablesException(PARAMETER, HINT);
    }

    /** There is no such table. */
    public static IptablesException version(String message) {
        return new IptablesException(VERSION, PREFIX + message + "\nPerhaps iptables or your kernel needs to be upgraded.");
    }

    /** The kernel refused a change of the batch. */
    public static IptablesException resource(String message) {
        return new IptablesException(RESOURCE, PREFIX + message);
    }

    /** A command had nothing to work on ({@code nft_strerror}). */
    public static IptablesException other(String message) {
        return new IptablesException(OTHER, "iptables: " + message);
    }

    /** It exists in reality, not here. */
    public static IptablesException unsupported(String what) {
        return new IptablesException(dev.vethlab.engine.process.Unsupported.EXIT_STATUS, what);
    }
}
