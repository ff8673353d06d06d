package dev.vethlab.engine.command.net.iperf;

/** A test cannot be made, or not go on: the words are those of {@code iperf_strerror}. */
final class IperfException extends Exception {
    private static final long serialVersionUID = 1;
    private static final String USAGE = "\n\nUsage: iperf3 [-s|-c host] [options]\nTry `iperf3 --help' for more information.";

    private IperfException(String message) {
        super(message, null, false, false);
    }

    /** The command line is wrong. */
    static IperfException parameter(String what) {
        return new IperfException("iperf3: parameter error - " + what + USAGE);
    }

    /** {@code getopt} complained. */
    static IperfException option(String complaint) {
        return new IperfException(complaint + USAGE);
    }

    static IperfException error(String what) {
        return new IperfException("iperf3: error - " + what);
    }

    /** Somebody ended it. */
    static IperfException interrupted(String who) {
        return new IperfException("iperf3: " + who);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
