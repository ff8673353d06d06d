package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;

/** The tables of one network namespace. */
public final class Netfilter {
    public Netfilter(NetworkNamespace namespace) {}

    /** Walks the table's base chain at this hook; false if the packet ends here. For nat: translates, too. */
    public boolean traverse(TableName table, Hook hook, PacketBuffer packet) {
        return true;
    }
}
