package dev.vethlab.engine.docker;

import dev.vethlab.engine.kernel.Kernel;

/** Where the engine's identifiers come from: 64 hexadecimal digits, of which 12 make the short form. */
public final class Ids {
    private static final int LENGTH = 64;

    private final Kernel kernel;

    public Ids(Kernel kernel) {
        this.kernel = kernel;
    }

    public String next() {
        return kernel.random("docker-id").hex(LENGTH);
    }

    /** The end of a temporary directory's name: {@code os.MkdirTemp} puts a number of 32 bits there. */
    String number() {
        return Long.toString(kernel.random("docker-temporary").nextLong() & 0xFFFF_FFFFL);
    }

    /** An interface name: {@code veth} and seven digits. */
    public String nextVeth() {
        return "veth" + kernel.random("docker-veth").hex(7);
    }
}
