package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a path leads: the file system that holds it, the names from its root, and what is there, if anything.
 *
 * @param directory in which its last name is
 */
record Place(FileSystem holder, List<String> names, Node directory, @Nullable Node node, boolean readOnly) {
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

    /** Whether something new may stand here ({@code may_create()}). */
    void checkAddition(EmulatedProcess self) throws KernelException {
        checkWritable();
        Permission.WRITE.check(self, directory);
        Permission.EXECUTE.check(self, directory);
    }

    /** Whether what is here may go. */
    void checkRemoval(EmulatedProcess self) throws KernelException {
        // mnt_want_write() comes before the name is looked up
        checkWritable();
        Permission.checkRemoval(self, directory, existing());
    }
}
