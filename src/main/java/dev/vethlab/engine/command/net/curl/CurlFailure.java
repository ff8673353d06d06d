package dev.vethlab.engine.command.net.curl;

/** A transfer failed: curl's error number, which is also its exit status, and what it says. */
final class CurlFailure extends Exception {
    private static final long serialVersionUID = 1;

    static final int UNSUPPORTED_PROTOCOL = 1;
    static final int BAD_OPTION = 2;
    static final int BAD_URL = 3;
    static final int NO_PROXY = 5;
    static final int NO_HOST = 6;
    static final int NO_CONNECTION = 7;
    static final int PARTIAL_FILE = 18;
    static final int HTTP_ERROR = 22;
    static final int WRITE_ERROR = 23;
    static final int READ_ERROR = 26;
    static final int TIMEOUT = 28;
    static final int FILE_UNREADABLE = 37;
    static final int INTERFACE_FAILED = 45;
    static final int TOO_MANY_REDIRECTS = 47;
    static final int BAD_RESOLVE = 49;
    static final int EMPTY_REPLY = 52;
    static final int SEND_ERROR = 55;
    static final int RECEIVE_ERROR = 56;

    final int code;

    CurlFailure(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    String text() {
        return java.util.Objects.requireNonNull(getMessage());
    }
}
