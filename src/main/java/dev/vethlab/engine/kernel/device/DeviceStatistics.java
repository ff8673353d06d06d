package dev.vethlab.engine.kernel.device;

/** What {@code ip -s link} counts. */
public final class DeviceStatistics {
    private long rxPackets;
    private long rxBytes;
    private long txPackets;
    private long txBytes;
    private long dropped;

    void received(int bytes) {
        rxPackets++;
        rxBytes += bytes;
    }

    void sent(int bytes) {
        txPackets++;
        txBytes += bytes;
    }

    void dropped() {
        dropped++;
    }

    public long rxPackets() {
        return rxPackets;
    }

    public long rxBytes() {
        return rxBytes;
    }

    public long txPackets() {
        return txPackets;
    }

    public long txBytes() {
        return txBytes;
    }

    public long droppedPackets() {
        return dropped;
    }
}
