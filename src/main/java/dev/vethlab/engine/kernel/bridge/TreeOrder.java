package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.packet.Bpdu;

/** What is better in a spanning tree: the lower root, then the lower cost, then the lower bridge, then the lower port. */
final class TreeOrder {
    private TreeOrder() {}

    /** Which of two ports leads to the better root in the better way: negative if the first, 0 if they are equal. */
    static int ofWays(TreePort one, TreePort other) {
        int order = Long.compareUnsigned(one.designatedRoot, other.designatedRoot);
        order = order != 0 ? order : Integer.compare(one.designatedCost + one.cost, other.designatedCost + other.cost);
        order = order != 0 ? order : Long.compareUnsigned(one.designatedBridge, other.designatedBridge);
        return order != 0 ? order : Integer.compare(one.designatedPort, other.designatedPort);
    }

    /** Whether a message is at least as good as what a port of the bridge {@code own} knows ({@code br_supersedes_port_info}). */
    static boolean supersedes(Bpdu.Config config, TreePort at, long own) {
        int order = Long.compareUnsigned(config.root(), at.designatedRoot);
        order = order != 0 ? order : Integer.compare(config.rootPathCost(), at.designatedCost);
        order = order != 0 ? order : Long.compareUnsigned(config.bridge(), at.designatedBridge);
        if (order != 0) {
            return order < 0;
        }
        return config.bridge() != own || config.port() <= at.designatedPort;
    }
}
