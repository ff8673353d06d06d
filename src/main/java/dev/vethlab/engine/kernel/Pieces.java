package dev.vethlab.engine.kernel;

import dev.vethlab.engine.packet.Ipv4Packet;
import java.util.List;

/**
 * The fragments, in order, that a packet was put together from for connection tracking; in these it goes on ({@code frag_list} and {@code
 * IPCB(skb)->frag_max_size}, {@code net/ipv4/ip_fragment.c}).
 */
public record Pieces(List<Ipv4Packet> parts) {
    /** The length of the longest with its header, in bytes: no longer one leaves again. */
    int longest() {
        return parts.stream().mapToInt(Ipv4Packet::length).max().orElse(0);
    }

    /** Whether the longest was not to be cut further: so are then all that leave ({@code IPSKB_FRAG_PMTU}). */
    boolean dontFragment() {
        int longest = longest();
        return parts.stream().anyMatch(part -> part.dontFragment() && part.length() == longest);
    }

    /** Whether {@code length} bytes of data can leave exactly as they came, at most {@code most} in each. */
    boolean stillFit(int length, int most) {
        int sum = 0;
        for (Ipv4Packet part : parts) {
            int data = part.transport().length();
            if (data > most || (data % 8 != 0 && part != parts.getLast())) {
                return false;
            }
            sum += data;
        }
        return sum == length;
    }
}
