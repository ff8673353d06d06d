package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.User;
import org.jspecify.annotations.Nullable;

/** What a process may do with a node: owner, group, others, and the capabilities that go round them ({@code fs/namei.c}). */
public enum Permission {
    EXECUTE(1),
    WRITE(2),
    READ(4);

    private static final int STICKY = 01000;
    private static final int ANY_EXECUTE = 0111;

    private final int bit;

    Permission(int bit) {
        this.bit = bit;
    }

    /** {@code generic_permission()}; the machine itself, as which no process acts, may do everything. */
    boolean holds(@Nullable EmulatedProcess self, Node node) {
        if (self == null || (granted(self.context().user(), node) & bit) != 0) {
            return true;
        }
        ProcessContext rights = self.context();
        if (rights.may(Capability.DAC_OVERRIDE)) {
            return this != EXECUTE || node.isDirectory() || (node.mode() & ANY_EXECUTE) != 0;
        }
        return rights.may(Capability.DAC_READ_SEARCH) && (this == READ || this == EXECUTE && node.isDirectory());
    }

    /** @throws KernelException EACCES */
    void check(@Nullable EmulatedProcess self, Node node) throws KernelException {
        if (!holds(self, node)) {
            throw new KernelException(Errno.EACCES);
        }
    }

    private static int granted(User user, Node node) {
        if (user.uid() == node.uid()) {
            return node.mode() >> 6;
        }
        return user.isIn(node.gid()) ? node.mode() >> 3 : node.mode();
    }

    /** Whether it may do what is the owner's alone ({@code inode_owner_or_capable()}). */
    static boolean owns(EmulatedProcess self, Node node) {
        return self.context().user().uid() == node.uid() || self.context().may(Capability.FOWNER);
    }

    /**
     * Before an entry of {@code directory} goes or is replaced ({@code may_delete()}).
     *
     * @throws KernelException EACCES; EPERM in a sticky directory, of which only one's own may go
     */
    static void checkRemoval(EmulatedProcess self, Node directory, Node entry) throws KernelException {
        WRITE.check(self, directory);
        EXECUTE.check(self, directory);
        if ((directory.mode() & STICKY) != 0 && self.context().user().uid() != directory.uid() && !owns(self, entry)) {
            throw new KernelException(Errno.EPERM);
        }
    }
}
