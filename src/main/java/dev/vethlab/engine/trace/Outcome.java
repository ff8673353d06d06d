package dev.vethlab.engine.trace;

/** What became of a packet at a stage. */
public sealed interface Outcome {
    Outcome CONTINUES = new Continues();
    Outcome DELIVERED = new Delivered();

    /** It goes on to the next stage. */
    record Continues() implements Outcome {}

    /** It is at its goal: a socket, the ARP or ICMP code, or as copies on a bridge's ports. */
    record Delivered() implements Outcome {}

    /** It waits, for an ARP reply or for the rest of its fragments. */
    record Held(String waitsFor) implements Outcome {}

    /**
     * It ends here.
     *
     * @param remedy what would have let it through: the end of a sentence that begins “What would let it through:”, without its full stop
     */
    record Dropped(DropReason reason, Decision.Lazy remedy) implements Outcome {}
}
