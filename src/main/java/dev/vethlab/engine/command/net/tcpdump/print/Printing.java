package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.packet.Mac;

/** One packet's text in the making, and what the protocols' printers share. */
final class Printing {
    private final PrintOptions options;
    private final AddressNames names;
    private final TcpConversations conversations;
    private final boolean numeric;
    private final StringBuilder text = new StringBuilder();

    Printing(PrintOptions options, AddressNames names, boolean numeric, TcpConversations conversations) {
        this.options = options;
        this.names = names;
        this.numeric = numeric;
        this.conversations = conversations;
    }

    PrintOptions options() {
        return options;
    }

    /** Whether addresses are printed as they are. */
    boolean numeric() {
        return numeric;
    }

    AddressNames names() {
        return names;
    }

    TcpConversations conversations() {
        return conversations;
    }

    void print(String part) {
        text.append(part);
    }

    /** A MAC address; without {@code -n} with its maker, of whom this machine knows none. */
    String mac(long mac) {
        return Mac.text(mac) + (numeric || mac == Mac.BROADCAST ? "" : " (oui Unknown)");
    }

    String text() {
        return text.toString();
    }
}
