package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;

/**
 * One run of {@code ip}: whose, in which namespace, with which options and words.
 *
 * @param network the namespace that netlink requests go to: the process's own, or that of {@code -n}
 */
public record IpCall(EmulatedProcess self, NetworkNamespace network, IpOptions options, Arguments arguments) {
    /** A request to the kernel that changes something. */
    @FunctionalInterface
    public interface Request {
        void run() throws KernelException;
    }

    /** Sends it; who has no rights to the namespace is told so before anything else is looked at ({@code rtnetlink_rcv_msg}). */
    public void request(Request request) {
        try {
            if (!self.context().may(Capability.NET_ADMIN)) {
                throw new KernelException(Errno.EPERM);
            }
            request.run();
        } catch (KernelException refusal) {
            throw IpFailure.of(refusal);
        }
    }

    /** The device with this name or alternative name. @throws IpFailure {@code Cannot find device} */
    public NetDevice device(String name) {
        NetDevice device = network.devices().find(name);
        if (device == null) {
            throw IpFailure.noDevice(name);
        }
        network.machine().linkWatch().sync(device);
        return device;
    }

    public void print(Printer printer) {
        self.print(printer.finished());
    }
}
