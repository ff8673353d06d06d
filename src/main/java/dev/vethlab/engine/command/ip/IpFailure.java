package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.KernelException;

/** Ends the command with an exit status and, on standard error, a text: 255 for wrong arguments, 1 for its own, 2 for the kernel's no. */
public final class IpFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What it is about, for a program with other words for it. */
    public enum Kind {
        OTHER,
        NO_DEVICE,
        UNKNOWN_COMMAND,
        REFUSED
    }

    private final int status;
    private final Kind kind;
    private final String subject;

    public IpFailure(int status, String text) {
        this(status, text, Kind.OTHER, "");
    }

    private IpFailure(int status, String text, Kind kind, String subject) {
        super(text, null, false, false);
        this.status = status;
        this.kind = kind;
        this.subject = subject;
    }

    public Kind kind() {
        return kind;
    }

    /** The device, the word, or the text of the kernel's error number; empty for {@link Kind#OTHER}. */
    public String subject() {
        return subject;
    }

    public int status() {
        return status;
    }

    /** {@code incomplete_command}. */
    public static IpFailure incomplete() {
        return new IpFailure(255, "Command line is not complete. Try option \"help\"");
    }

    /** {@code invarg}: {@code argument} was not {@code what} it should be. */
    public static IpFailure invalid(String argument, String what) {
        return new IpFailure(255, "Error: argument \"" + argument + "\" is wrong: " + what);
    }

    /** {@code duparg2}: a word that means nothing where one was already given. */
    public static IpFailure garbage(String key, String argument) {
        return new IpFailure(255, "Error: either \"" + key + "\" is duplicate, or \"" + argument + "\" is garbage.");
    }

    /** {@code duparg}: {@code key} was given twice. */
    public static IpFailure duplicate(String key, String argument) {
        return new IpFailure(255, "Error: duplicate \"" + key + "\": \"" + argument + "\" is the second value.");
    }

    /** {@code missarg}. */
    public static IpFailure required(String key) {
        return new IpFailure(255, "Error: argument \"" + key + "\" is required");
    }

    /** {@code parse_one_of}. */
    public static IpFailure notOneOf(String key, String argument, String allowed) {
        return new IpFailure(1, "Error: argument of \"" + key + "\" must be " + allowed + ", not \"" + argument + "\"");
    }

    /** {@code nodev}. */
    public static IpFailure noDevice(String name) {
        return new IpFailure(1, "Cannot find device \"" + name + "\"", Kind.NO_DEVICE, name);
    }

    /** {@code ipaddr_list_flush_or_save}. */
    public static IpFailure deviceDoesNotExist(String name) {
        return new IpFailure(1, "Device \"" + name + "\" does not exist.", Kind.NO_DEVICE, name);
    }

    /** {@code do_cmd}. */
    public static IpFailure unknownCommand(String command, String help) {
        return new IpFailure(255, "Command \"" + command + "\" is unknown, try \"" + help + "\".", Kind.UNKNOWN_COMMAND, command);
    }

    /** What a netlink request came back with ({@code rtnl_talk}). */
    public static IpFailure of(KernelException refusal) {
        return new IpFailure(2, text(refusal), Kind.REFUSED, refusal.errno().message());
    }

    /** The kernel's sentence if it gave one, else the error number's. */
    public static String text(KernelException refusal) {
        String detail = refusal.detail();
        return detail.isEmpty() ? "RTNETLINK answers: " + refusal.errno().message() : "Error: " + detail + ".";
    }
}
