package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.process.Unsupported;

/** {@code iptables} or {@code iptables-restore} ends here, with what it says on standard error and its exit status. */
public final class IptablesException extends Exception {
    private static final long serialVersionUID = 1;

    private enum Kind {
        SAYING(0),
        PARAMETER(2),
        BAD_ARGUMENT(2),
        HINT(2),
        OTHER(1),
        VERSION(3),
        REFUSED(4),
        UNSUPPORTED(Unsupported.EXIT_STATUS);

        private final int status;

        Kind(int status) {
            this.status = status;
        }
    }

    private final Kind kind;
    private final String message;

    private IptablesException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.message = message;
    }

    public int status() {
        return kind.status;
    }

    public boolean isSaying() {
        return kind == Kind.SAYING;
    }

    public boolean isUnsupported() {
        return kind == Kind.UNSUPPORTED;
    }

    /** What was said, without who said it. */
    public String message() {
        return message;
    }

    /** What {@code iptables} prints, without the last newline. */
    public String text() {
        return text("iptables");
    }

    /** What the program of this name prints, without the last newline. */
    public String text(String program) {
        String prefix = program + " v1.8.13 (nf_tables): ";
        String hint = "Try `iptables -h' or 'iptables --help' for more information.";
        return switch (kind) {
            case PARAMETER -> prefix + message + "\n" + hint;
            case BAD_ARGUMENT -> message + "\n" + hint;
            case HINT -> hint;
            case OTHER -> "iptables: " + message;
            case VERSION -> prefix + message + "\nPerhaps iptables or your kernel needs to be upgraded.";
            case REFUSED -> prefix + message;
            case SAYING, UNSUPPORTED -> message;
        };
    }

    /** What {@code iptables-restore} prints about this line of its input, without the last newline. */
    public String text(int line) {
        String prefix = "iptables-restore v1.8.13 (nf_tables): ";
        String hint = "\nError occurred at line: " + line
                + "\nTry `iptables-restore -h' or 'iptables-restore --help' for more information.";
        return switch (kind) {
            case PARAMETER, VERSION -> prefix + message + hint;
            case BAD_ARGUMENT, HINT -> message + hint;
            case OTHER -> "iptables-restore: line " + line + " failed" + (message.isEmpty() ? "" : ": " + message);
            case REFUSED -> prefix + "\nline " + line + ":" + message;
            case SAYING, UNSUPPORTED -> message;
        };
    }

    /** Nothing is wrong: it says this on standard output, and that is all. */
    public static IptablesException saying(String message) {
        return new IptablesException(Kind.SAYING, message);
    }

    /** The user wrote something wrong ({@code PARAMETER_PROBLEM}). */
    public static IptablesException parameter(String message) {
        return new IptablesException(Kind.PARAMETER, message);
    }

    /** A word that belongs to no option. */
    public static IptablesException badArgument(String word) {
        return new IptablesException(Kind.BAD_ARGUMENT, "Bad argument `" + word + "'");
    }

    /** Only the hint at the help. */
    public static IptablesException hint() {
        return new IptablesException(Kind.HINT, "");
    }

    /** There is no such table ({@code VERSION_PROBLEM}). */
    public static IptablesException version(String message) {
        return new IptablesException(Kind.VERSION, message);
    }

    /** The kernel refused a change ({@code RESOURCE_PROBLEM}). */
    public static IptablesException resource(String message) {
        return new IptablesException(Kind.REFUSED, message);
    }

    /** A command had nothing to work on ({@code nft_strerror}). */
    public static IptablesException other(String message) {
        return new IptablesException(Kind.OTHER, message);
    }

    /** It exists in reality, not here. */
    public static IptablesException unsupported(String what) {
        return new IptablesException(Kind.UNSUPPORTED, what);
    }
}
