package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.command.iptables.extension.IptablesException;
import dev.vethlab.engine.process.EmulatedProcess;

/** {@code iptables-restore}. */
final class IptablesRestore {
    private IptablesRestore() {}

    static int main(EmulatedProcess self) {
        return Iptables.report(self, IptablesException.unsupported("iptables-restore is not emulated"));
    }
}
