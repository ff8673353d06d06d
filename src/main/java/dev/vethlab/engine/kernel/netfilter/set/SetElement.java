package dev.vethlab.engine.kernel.netfilter.set;

import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.packet.Services;
import java.util.Comparator;
import java.util.function.IntFunction;

/**
 * What identifies an element; parts that its set's type does not have are 0 or empty.
 *
 * @param address of the first part, {@code prefix} its length
 * @param protocol 0 for a port of a bitmap
 * @param port of ICMP: type &lt;&lt; 8 | code
 * @param address2 of the third part, {@code prefix2} its length
 * @param device with {@code physical} the bridge port
 * @param set the name of a member of a list
 */
public record SetElement(
        int address,
        int prefix,
        int protocol,
        int port,
        int address2,
        int prefix2,
        String device,
        boolean physical,
        long mac,
        String set) {
    public static final SetElement NONE = new SetElement(0, 32, 0, 0, 0, 32, "", false, 0, "");
    /** As {@code ipset list -sorted} has them. */
    public static final Comparator<SetElement> ORDER = Comparator.comparingLong((SetElement e) -> Integer.toUnsignedLong(e.address))
            .thenComparingInt(SetElement::prefix).thenComparingInt(SetElement::protocol).thenComparingInt(SetElement::port)
            .thenComparingLong(e -> Integer.toUnsignedLong(e.address2)).thenComparing(SetElement::device);

    public SetElement withAddress(int value, int length) {
        return new SetElement(value & Ipv4.mask(length), length, protocol, port, address2, prefix2, device, physical, mac, set);
    }

    public SetElement withPort(int number, int value) {
        return new SetElement(address, prefix, number, value, address2, prefix2, device, physical, mac, set);
    }

    public SetElement withSecondAddress(int value, int length) {
        return new SetElement(address, prefix, protocol, port, value & Ipv4.mask(length), length, device, physical, mac, set);
    }

    public SetElement withDevice(String name, boolean bridgePort) {
        return new SetElement(address, prefix, protocol, port, address2, prefix2, name, bridgePort, mac, set);
    }

    public SetElement withMac(long value) {
        return new SetElement(address, prefix, protocol, port, address2, prefix2, device, physical, value, set);
    }

    public static SetElement ofSet(String name) {
        return new SetElement(0, 32, 0, 0, 0, 32, "", false, 0, name);
    }

    /** As {@code ipset list} prints it; {@code names} gives an address's text. */
    public String text(SetType type, IntFunction<String> names) {
        var out = new StringBuilder();
        boolean first = true;
        for (SetType.Part part : type.parts()) {
            if (part == SetType.Part.MAC && mac == 0) {
                continue;
            }
            out.append(out.isEmpty() ? "" : ",");
            switch (part) {
                case IP, NET -> {
                    int length = first ? prefix : prefix2;
                    out.append(names.apply(first ? address : address2)).append(length == 32 ? "" : "/" + length);
                    first = false;
                }
                case PORT -> out.append(type == SetType.BITMAP_PORT ? "" : protocolName() + ":").append(portText());
                case IFACE -> out.append(physical ? "physdev:" : "").append(device);
                case MAC -> out.append(Mac.text(mac).toUpperCase(java.util.Locale.ROOT));
                case SET -> out.append(set);
            }
        }
        return out.toString();
    }

    private String protocolName() {
        return protocol == 112 ? "vrrp" : IpProtocol.name(protocol);
    }

    private String portText() {
        return protocol == IpProtocol.ICMP ? IcmpTypeNames.name(port) : Integer.toString(port);
    }

    /** The port's number, or the service's; -1 if it is none. */
    public static int service(String text) {
        return Services.port(text);
    }
}
