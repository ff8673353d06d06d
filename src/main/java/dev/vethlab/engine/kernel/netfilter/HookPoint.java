package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import org.jspecify.annotations.Nullable;

/** Where a rule is tried ({@code struct nf_hook_state}): made once for each table and hook. */
public record HookPoint(NetworkNamespace namespace, TableName table, Hook hook) {
    /** The device that {@code -i} looks at; there is none for what is sent from here. */
    public @Nullable NetDevice in(PacketBuffer packet) {
        return hook == Hook.OUTPUT ? null : packet.in;
    }

    /** The device that {@code -o} looks at; there is none before routing and for what stays here. */
    public @Nullable NetDevice out(PacketBuffer packet) {
        return hook == Hook.PREROUTING || hook == Hook.INPUT ? null : packet.out;
    }
}
