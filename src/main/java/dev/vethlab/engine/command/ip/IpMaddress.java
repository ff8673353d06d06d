package dev.vethlab.engine.command.ip;

/** {@code ip maddress} ({@code ipmaddr.c}). */
final class IpMaddress {
    IpMaddress(IpCall call) {}

    int run() {
        throw new Arguments.NotEmulated("ip maddress is not emulated");
    }
}
