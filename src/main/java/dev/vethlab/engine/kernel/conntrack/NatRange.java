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
        boolean netmap) {
    /** Leaves all as it is, unless it must not stay so. */
    public static final NatRange ANY = new NatRange(0, 0, 0, 0, false, false, false, false, false, false);

    /** One address and one port; port 0 leaves the port. */
    public static NatRange of(int address, int port) {
        return new NatRange(address, address, port, port, true, port != 0, false, false, false, false);
    }

    /** One port, the address as it is. */
    public static NatRange ofPort(int port) {
        return new NatRange(0, 0, port, port, false, true, false, false, false, false);
    }

    /** One address, ports as in this range. */
    public NatRange withAddress(int address) {
        return new NatRange(address, address, minPort, maxPort, true, mapsPort, random, randomFully, persistent, false);
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
        }
        return out.toString();
    }

    /** {@code  --random --persistent}, each after a blank. */
    public String flagText(boolean dashes) {
        String lead = dashes ? " --" : " ";
        return (random ? lead + "random" : "") + (randomFully ? lead + "random-fully" : "") + (persistent ? lead + "persistent" : "");
    }
}
