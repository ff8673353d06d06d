package dev.vethlab.engine.kernel.socket;

/**
 * Whose socket it is, for {@code ss -p}, {@code -m owner} and the trace.
 *
 * @param program the process's name, such as {@code nginx}
 * @param descriptor the file descriptor's number in that process
 */
public record SocketOwner(String program, int pid, int uid, int descriptor) {
    /** The kernel itself. */
    public static final SocketOwner KERNEL = new SocketOwner("", 0, 0, 0);

    public static SocketOwner of(String program, int pid) {
        return new SocketOwner(program, pid, 0, 3);
    }

    public SocketOwner withDescriptor(int number) {
        return new SocketOwner(program, pid, uid, number);
    }
}
