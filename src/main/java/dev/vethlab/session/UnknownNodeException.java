package dev.vethlab.session;

/** No machine or running container has this name. */
public final class UnknownNodeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnknownNodeException(String node) {
        super("There is no node " + node + " in this session.");
    }
}
