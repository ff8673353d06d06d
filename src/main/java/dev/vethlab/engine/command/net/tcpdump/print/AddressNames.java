package dev.vethlab.engine.command.net.tcpdump.print;

/** How addresses and ports are written: as names, or with {@code -n} as numbers. */
public interface AddressNames {
    String address(int address);

    String tcpPort(int port);

    String udpPort(int port);

    /** The name of an IP protocol, or {@code ip-proto-N}. */
    String protocol(int number);
}
