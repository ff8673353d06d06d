package dev.vethlab.engine.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Namespaces in a row: the first few on one bridge, or none, and from the last of those on a veth pair to each next one. Namespace
 * {@code nI} has address {@code 10.0.S.I} and device {@code eS} in segment S.
 */
final class Topology {
    /** The neighbouring namespaces from the first to the last are in one subnet. */
    record Segment(int number, int first, int last) {
        boolean has(int namespace) {
            return first <= namespace && namespace <= last;
        }

        String subnet() {
            return "10.0." + number + ".0/24";
        }

        String address(int namespace) {
            return "10.0." + number + "." + namespace;
        }

        String device() {
            return "e" + number;
        }
    }

    final int namespaces;
    final List<Segment> segments = new ArrayList<>();

    Topology(Random random) {
        namespaces = 2 + random.nextInt(3);
        int onBridge = random.nextBoolean() ? 2 + random.nextInt(namespaces - 1) : 1;
        if (onBridge > 1) {
            segments.add(new Segment(0, 1, onBridge));
        }
        for (int next = onBridge + 1; next <= namespaces; next++) {
            segments.add(new Segment(segments.size(), next - 1, next));
        }
    }

    List<Segment> of(int namespace) {
        return segments.stream().filter(segment -> segment.has(namespace)).toList();
    }

    /** The address to which {@code namespace} sends what is for a segment that it is not in. */
    String gateway(int namespace, Segment target) {
        List<Segment> own = of(namespace);
        if (target.first() > namespace) {
            return own.getLast().address(own.getLast().last());
        }
        return own.getFirst().address(own.getFirst().first());
    }

    /** Links and addresses; IPv6 is off everywhere, and nothing depends on how often the kernel is willing to send an ICMP error. */
    List<String> commands(Random random) {
        var commands = new ArrayList<String>();
        for (int i = 1; i <= namespaces; i++) {
            commands.add("ip netns add n" + i);
            commands.add("ip netns exec n" + i + " sysctl -w net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1"
                    + " net.ipv4.icmp_ratelimit=0 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0"
                    + " net.ipv4.ip_forward=" + (random.nextInt(8) == 0 ? 0 : 1));
            commands.add("ip -n n" + i + " link set lo up");
        }
        for (Segment segment : segments) {
            if (segment.number() == 0 && (segment.last() > segment.first() + 1 || random.nextBoolean())) {
                commands.addAll(bridge(segment));
            } else {
                commands.add("ip link add " + segment.device() + " netns n" + segment.first() + " type veth peer name "
                        + segment.device() + " netns n" + segment.last());
            }
            boolean narrow = random.nextInt(6) == 0;
            for (int i = segment.first(); i <= segment.last(); i++) {
                if (narrow) {
                    commands.add("ip -n n" + i + " link set " + segment.device() + " mtu 1280");
                }
                commands.add("ip -n n" + i + " addr add " + segment.address(i) + "/24 dev " + segment.device());
                commands.add("ip -n n" + i + " link set " + segment.device() + " up");
            }
        }
        for (int i = 1; i <= namespaces; i++) {
            for (Segment segment : segments) {
                if (!segment.has(i) && random.nextInt(12) != 0) {
                    commands.add("ip -n n" + i + " route add " + segment.subnet() + " via " + gateway(i, segment));
                }
            }
        }
        return commands;
    }

    private static List<String> bridge(Segment segment) {
        var commands = new ArrayList<String>();
        commands.add("sysctl -w net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1");
        // a bridge that snoops reports so by IGMP, the second time at random within a second (net/ipv4/igmp.c)
        commands.add("ip link add br0 type bridge mcast_snooping 0");
        commands.add("ip link set br0 up");
        for (int i = segment.first(); i <= segment.last(); i++) {
            commands.add("ip link add port" + i + " type veth peer name " + segment.device() + " netns n" + i);
            commands.add("ip link set port" + i + " master br0 up");
        }
        return commands;
    }
}
