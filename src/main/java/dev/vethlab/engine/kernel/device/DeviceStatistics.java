package dev.vethlab.engine.kernel.device;

/** What {@code ip -s link} counts. */
public final class DeviceStatistics {
    private long rxPackets;
    private long rxBytes;
    private long txPackets;
    private long txBytes;
    private long rxDropped;
    private long txDropped;
    private long multicast;

    void received(int bytes) {
        rxPackets++;
        rxBytes += bytes;
    }

    void sent(int bytes) {
        txPackets++;
        txBytes += bytes;
    }

    /** What counted as sent was not taken. */
    void refused(int bytes) {
        txPackets--;
        txBytes -= bytes;
        txDropped++;
    }

    void droppedOnReceive() {
        rxDropped++;
    }

    void droppedOnSend() {
        txDropped++;
    }

    void multicastReceived() {
        multicast++;
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

    public long rxDropped() {
        return rxDropped;
    }

    public long txDropped() {
        return txDropped;
    }

    /** Received frames to a multicast or broadcast address, where the driver counts them, as the bridge's does. */
    public long multicast() {
        return multicast;
    }
}
