package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.command.net.tcpdump.filter.LinkType;
import dev.vethlab.engine.command.net.tcpdump.filter.PacketView;
import java.util.function.IntFunction;

/** A captured packet as tcpdump's text: the link header as far as asked for, then its protocols. */
public final class PacketPrinter {
    private static final String[] DIRECTIONS = {"In ", "B  ", "M  ", "P  ", "Out"};

    private final PrintOptions options;
    private final AddressNames names;
    private final boolean numeric;
    private final IntFunction<String> deviceNames;
    private final TcpConversations conversations = new TcpConversations();

    /** @param deviceNames the name of an interface index, for what device {@code any} captured */
    public PacketPrinter(PrintOptions options, AddressNames names, boolean numeric, IntFunction<String> deviceNames) {
        this.options = options;
        this.names = names;
        this.numeric = numeric;
        this.deviceNames = deviceNames;
    }

    /** The text without time stamp and dump. */
    public String text(PacketView packet) {
        var out = new Printing(options, names, numeric, conversations);
        Octets all = new Octets(packet.data());
        try {
            switch (packet.link()) {
                case ETHERNET -> EthernetPrinter.print(out, all, packet.length());
                case LINUX_SLL2 -> {
                    cooked(out, all, packet.length());
                    int header = packet.link().headerLength();
                    EthernetPrinter.payload(out, all.u16(packet.link().typeOffset()), all.from(header), packet.length() - header);
                }
            }
        } catch (Octets.Truncated e) {
            out.print("[|" + (packet.link() == LinkType.ETHERNET ? "ether" : "sll2") + "]");
        }
        return out.text();
    }

    private void cooked(Printing out, Octets packet, int length) {
        int index = packet.s32(4);
        int direction = packet.u8(10);
        out.print(String.format("%-5s ", deviceNames.apply(index)) + (direction < DIRECTIONS.length ? DIRECTIONS[direction] : "?  ") + " ");
        if (options.link()) {
            out.print("ifindex " + index + " " + out.mac(packet.mac(12)) + " " + EthernetPrinter.type(out, packet.u16(0)) + ", length "
                    + length + ": ");
        }
    }
}
