package dev.vethlab.engine.kernel;

import java.util.function.LongSupplier;

/**
 * What all that a session keeps weighs, by estimate: the same on every machine and in every replay, as a heap's size is not.
 *
 * <p>Who grows asks {@link #take} first. What was let go is found by weighing everything again, which is done whenever
 * a part of the limit was taken: so nobody gives back, nothing can be forgotten, and what grows without asking, as processes do, counts.
 */
public final class Memory {
    /** What things weigh in the heap, in bytes, roughly and rather too much. */
    public static final int NAMESPACE = 16_384;

    public static final int DEVICE = 2048;
    public static final int RULE = 512;
    public static final int ROUTE = 256;
    public static final int CONNECTION = 512;
    public static final int NEIGHBOUR = 256;
    public static final int SOCKET = 1024;
    public static final int PROCESS = 16_384;
    public static final int FILE = 256;
    public static final int CONTAINER = 16_384;
    public static final int IMAGE = 4096;

    /** Everything is weighed so many times until the limit is reached. */
    private static final int COUNTS = 32;

    private final Room limits;
    private final int limit;
    private LongSupplier weight = () -> 0;
    private long room;
    private boolean untold;

    Memory(Room limits) {
        this.limits = limits;
        limit = limits.most(Limit.MEMORY);
    }

    /** Says how all is weighed that is kept. */
    public void weigh(LongSupplier all) {
        weight = all;
    }

    /** Whether there is room for so many bytes more; if there is, they are taken. */
    public boolean take(long bytes) {
        if (bytes > room) {
            long free = limit - weight.getAsLong();
            room = Math.min(free, Math.max(bytes, limit / COUNTS));
        }
        if (bytes > room) {
            untold = true;
            limits.refuse(Limit.MEMORY);
            return false;
        }
        room -= bytes;
        return true;
    }

    /**
     * The same for a system call.
     *
     * @throws KernelException ENOMEM if there is no room
     */
    public void allocate(long bytes) throws KernelException {
        if (!take(bytes)) {
            throw new KernelException(Errno.ENOMEM);
        }
    }

    /** Whether something was refused and nobody was told yet by {@link #refusal}: a system call's error alone does not say enough. */
    public boolean hasUntoldRefusal() {
        return untold;
    }

    /** Why something was refused, for people, who are told now. */
    public String refusal() {
        untold = false;
        return "vethlab: this session may have " + limit + " bytes of memory";
    }
}
