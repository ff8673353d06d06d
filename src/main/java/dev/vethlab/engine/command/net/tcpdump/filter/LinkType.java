package dev.vethlab.engine.command.net.tcpdump.filter;

/** What a captured packet begins with (the numbers are those of pcap files). */
public enum LinkType {
    ETHERNET(1, "EN10MB (Ethernet)", 14, 12),
    /** What the device {@code any} gives: a pseudo-header with the interface's index and the packet's direction. */
    LINUX_SLL2(276, "LINUX_SLL2 (Linux cooked v2)", 20, 0);

    private final int number;
    private final String title;
    private final int headerLength;
    private final int typeOffset;

    LinkType(int number, String title, int headerLength, int typeOffset) {
        this.number = number;
        this.title = title;
        this.headerLength = headerLength;
        this.typeOffset = typeOffset;
    }

    public int number() {
        return number;
    }

    /** Name and description, as tcpdump announces it. */
    public String title() {
        return title;
    }

    public int headerLength() {
        return headerLength;
    }

    /** Where the Ethernet type stands. */
    public int typeOffset() {
        return typeOffset;
    }
}
