package dev.vethlab.engine.differential;

import dev.vethlab.engine.differential.Topology.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** From a seed, always the same {@link Scenario}. */
public final class ScenarioGenerator {
    private ScenarioGenerator() {}

    public static Scenario generate(long seed) {
        var random = new Random(seed);
        var topology = new Topology(random);
        List<String> setup = new ArrayList<>(topology.commands(random));
        List<String> looks = new ArrayList<>();
        for (int i = 1; i <= topology.namespaces; i++) {
            setup.add(new RuleSet(random, topology, i).command());
            setup.add("ip netns exec n" + i + " nc -lk -p 80 </dev/null >/dev/null 2>&1 &");
            setup.add("ip netns exec n" + i + " nc -luk -p 80 </dev/null >/dev/null 2>&1 &");
            looks.add("ip netns exec n" + i + " iptables-save -c");
            looks.add("ip netns exec n" + i + " conntrack -L 2>/dev/null | sort");
        }
        setup.add("sleep 0.2");
        var traffic = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            traffic.add(probe(random, topology));
            traffic.add("sleep 0.05");
        }
        traffic.add("sleep 0.6");
        return new Scenario(seed, List.copyOf(setup), List.copyOf(traffic), List.copyOf(looks));
    }

    /** Half a second of patience: less than TCP's first retransmission, so that nothing is sent twice. */
    private static String probe(Random random, Topology topology) {
        Segment segment = topology.segments.get(random.nextInt(topology.segments.size()));
        int target = segment.first() + random.nextInt(segment.last() - segment.first() + 1);
        int source = 1 + random.nextInt(topology.namespaces);
        String address = segment.address(target);
        String port = String.valueOf(RuleSet.PORTS.get(random.nextInt(RuleSet.PORTS.size())));
        String enter = "ip netns exec n" + source + " ";
        return switch (random.nextInt(9)) {
            case 0 -> enter + "ping -n -c 1 -W 0.5 " + address;
            case 1 -> enter + "ping -n -c 2 -i 0.1 -W 0.3 -s " + (100 + random.nextInt(3000)) + " " + address;
            case 2 -> enter + "ping -n -c 1 -W 0.3 -M do -s " + (1100 + random.nextInt(360)) + " " + address;
            case 3 -> enter + "ping -n -c 1 -W 0.3 -t " + (1 + random.nextInt(2)) + " " + address;
            case 4, 5, 6 -> enter + "timeout 0.5 nc -nvz " + address + " " + port;
            default -> enter + "timeout 0.5 nc -nvzu " + address + " " + port;
        };
    }
}
