package dev.vethlab.engine.kernel;

import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.WireFormat;
import dev.vethlab.engine.trace.DropReason;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Whether what comes in by a device may come from where it says ({@code ip_route_input_slow}, {@code fib_validate_source}). */
public final class SourceValidation {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final NetworkNamespace namespace;

    SourceValidation(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /** Whether no packet from outside may bear this source address at all. */
    public boolean isMartian(NetDevice device, int source, int destination) {
        return Ipv4.isMulticast(source) || source == Ipv4.BROADCAST
                || (Ipv4.isZeroNet(source) && destination != Ipv4.BROADCAST)
                || (Ipv4.isLoopback(source) && !device.isLoopback() && !device.settings().routeLocalnet());
    }

    /** Why not: an own address from outside, or no way back ({@code rp_filter}); null if it may. */
    public @Nullable DropReason refusal(NetDevice device, int source, int destination, int tos, int mark) {
        if (device.isLoopback()) {
            return null;
        }
        if (namespace.routing().isLocal(source) && !device.settings().acceptLocal()) {
            return DropReason.IP_LOCAL_SOURCE;
        }
        int mode = device.settings().reversePathFilter();
        if (mode == 0 || source == 0) {
            return null;
        }
        int itsMark = device.settings().validatesByMark() ? mark : 0;
        RouteResult back = namespace.routing().lookup(new Flow(source, destination, null, null, itsMark, tos));
        boolean valid = back instanceof RouteResult.Found found && (mode != 1 || found.leadsBy(device));
        return valid ? null : DropReason.IP_RPFILTER;
    }

    /** The kernel's log tells of it, if {@code log_martians} is on ({@code ip_handle_martian_source}). */
    public void log(NetDevice device, PacketBuffer packet, int source, int destination) {
        if (!namespace.sysctls().eitherOfDevice(device, "log_martians")) {
            return;
        }
        Machine machine = namespace.machine();
        machine.log("IPv4: martian source " + Ipv4.text(destination) + " from " + Ipv4.text(source) + ", on dev " + device.name());
        if (packet.frame() != null) {
            Bytes header = Bytes.of(WireFormat.encode(packet.frame())).slice(0, EthernetFrame.HEADER_LENGTH);
            machine.log("ll header: 00000000: " + HEX.formatHex(header.toArray()));
        }
    }
}
