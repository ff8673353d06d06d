package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a path leads: the file system that holds it, the names from its root, and what is there, if anything. */
record Place(FileSystem holder, List<String> names, @Nullable Node node, boolean readOnly) {
    Node existing() throws KernelException {
        if (node == null) {
            throw new KernelException(Errno.ENOENT);
        }
        return node;
    }

    void checkWritable() throws KernelException {
        if (readOnly) {
            throw new KernelException(Errno.EROFS);
        }
    }
}
