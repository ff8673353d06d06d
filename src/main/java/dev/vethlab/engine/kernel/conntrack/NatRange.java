package dev.vethlab.engine.kernel.conntrack;

import dev.vethlab.engine.packet.Ipv4;

/**
 * What a translation may choose from ({@code struct nf_nat_range2}).
 *
 * @param mapsAddress whether the addresses count
 * @param mapsPort whether the ports count
 * @param random {@code --random}
 * @param randomFully {@code --random-fully}
 * @param persistent {@code --persistent}: a source always gets the same address of the range
 * @param netmap whether it is a network whose host part stays ({@code -j NETMAP})
 * @param basePort the port that the first of the ports stands for, and the following for those after it ({@code
 *     NF_NAT_RANGE_PROTO_OFFSET}); -1 if any may stand for any
 */
public record NatRange(
        int minAddress,
        int maxAddress,
        int minPort,
        int maxPort,
        boolean mapsAddress,
        boolean mapsPort,
        boolean random,
        boolean randomFully,
        boolean persistent,
        boolean netmap,
        int basePort) {
    /** Leaves all as it is, unless it must not stay so. */
    public static final NatRange ANY = new NatRange(0, 0, 0, 0, false, false, false, false, false, false, -1);

    /** One address and one port; port 0 leaves the port. */
    public static NatRange of(int address, int port) {
        return new NatRange(address, address, port, port, true, port != 0, false, false, false, false, -1);
    }

    /** One port, the address as it is. */
    public static NatRange ofPort(int port) {
        return new NatRange(0, 0, port, port, false, true, false, false, false, false, -1);
    }

    /** One address, ports as in this range. */
    public NatRange withAddress(int address) {
        return new NatRange(address, address, minPort, maxPort, true, mapsPort, random, randomFully, persistent, false, basePort);
    }

    /** {@code 10.0.0.1-10.0.0.9:80-90}, as {@code --to-source} takes it. */
    public String text() {
        var out = new StringBuilder();
        if (mapsAddress) {
            out.append(Ipv4.text(minAddress));
            if (maxAddress != minAddress) {
                out.append('-').append(Ipv4.text(maxAddress));
            }
        }
        if (mapsPort) {
            out.append(':').append(minPort);
            if (maxPort != minPort) {
                out.append('-').append(maxPort);
            }
            if (basePort >= 0) {
                out.append('/').append(basePort);
            }
        }
        return out.toString();
    }

    /** {@code  --random --persistent}, each after a blank. */
    public String flagText(boolean dashes) {
        String lead = dashes ? " --" : " ";
        return (random ? lead + "random" : "") + (randomFully ? lead + "random-fully" : "") + (persistent ? lead + "persistent" : "");
    }
}
