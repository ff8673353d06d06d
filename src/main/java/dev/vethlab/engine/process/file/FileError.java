package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;

/** Reading or writing something that is open failed. A program that does not catch it ends with status 1 and says so. */
public final class FileError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    public FileError(Errno errno) {
        super(errno.message(), null, false, false);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }
}
