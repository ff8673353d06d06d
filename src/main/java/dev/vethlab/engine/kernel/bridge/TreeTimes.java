package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bpdu;

/** The times of a spanning tree in nanoseconds: as this bridge would have them, and as the root has them, which count. */
public final class TreeTimes {
    private static final long SECOND = 1_000_000_000L;
    private static final long HUNDREDTH = SECOND / 100;

    private long ownMaxAge = 20 * SECOND;
    private long ownHelloTime = 2 * SECOND;
    private long ownForwardDelay = 15 * SECOND;
    private long maxAge = ownMaxAge;
    private long helloTime = ownHelloTime;
    private long forwardDelay = ownForwardDelay;

    public long maxAge() {
        return maxAge;
    }

    public long helloTime() {
        return helloTime;
    }

    public long forwardDelay() {
        return forwardDelay;
    }

    public long ownMaxAge() {
        return ownMaxAge;
    }

    public long ownHelloTime() {
        return ownHelloTime;
    }

    public long ownForwardDelay() {
        return ownForwardDelay;
    }

    void setForwardDelay(long hundredths, boolean running, boolean root) throws KernelException {
        if (running) {
            checkRange(hundredths, 2, 30);
        }
        ownForwardDelay = hundredths * HUNDREDTH;
        forwardDelay = root ? ownForwardDelay : forwardDelay;
    }

    void setHelloTime(long hundredths, boolean root) throws KernelException {
        checkRange(hundredths, 1, 10);
        ownHelloTime = hundredths * HUNDREDTH;
        helloTime = root ? ownHelloTime : helloTime;
    }

    void setMaxAge(long hundredths, boolean root) throws KernelException {
        checkRange(hundredths, 6, 40);
        ownMaxAge = hundredths * HUNDREDTH;
        maxAge = root ? ownMaxAge : maxAge;
    }

    private static void checkRange(long hundredths, int least, int most) throws KernelException {
        if (hundredths < least * 100L || hundredths > most * 100L) {
            throw new KernelException(Errno.ERANGE);
        }
    }

    /** This bridge is the root. */
    void takeOwn() {
        maxAge = ownMaxAge;
        helloTime = ownHelloTime;
        forwardDelay = ownForwardDelay;
    }

    /** The root told its times. */
    void take(Bpdu.Config config) {
        maxAge = nanos(config.maxAge());
        helloTime = nanos(config.helloTime());
        forwardDelay = nanos(config.forwardDelay());
    }

    /** In 256ths of a second, as frames have them. */
    static int ticks(long nanos) {
        return (int) (nanos * 256 / SECOND);
    }

    static long nanos(int ticks) {
        return ticks * SECOND / 256;
    }
}
