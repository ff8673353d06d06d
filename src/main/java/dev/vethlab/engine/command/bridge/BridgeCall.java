package dev.vethlab.engine.command.bridge;

import dev.vethlab.engine.command.ip.Arguments;
import dev.vethlab.engine.command.ip.IpFailure;
import dev.vethlab.engine.command.ip.Printer;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;

/** One run of {@code bridge}. Unlike {@code ip}, it ends with 255 whatever the kernel refused. */
record BridgeCall(EmulatedProcess self, NetworkNamespace network, Arguments arguments, Options options) {
    /** The options before the object. */
    record Options(boolean details, boolean statistics, boolean json, boolean pretty, boolean oneLine) {
        Printer printer() {
            return new Printer(json, pretty, false, oneLine);
        }
    }

    /** A request to the kernel that changes something. */
    @FunctionalInterface
    interface Request {
        void run() throws KernelException;
    }

    void request(Request request) {
        try {
            if (!self.context().may(Capability.NET_ADMIN)) {
                throw new KernelException(Errno.EPERM);
            }
            request.run();
        } catch (KernelException refusal) {
            throw new IpFailure(255, IpFailure.text(refusal));
        }
    }

    NetDevice device(String name, String kind) {
        NetDevice device = network.devices().find(name);
        if (device == null) {
            throw new IpFailure(255, "Cannot find " + kind + "device \"" + name + "\"");
        }
        return device;
    }
}
