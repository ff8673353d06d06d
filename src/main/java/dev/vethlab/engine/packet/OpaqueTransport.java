package dev.vethlab.engine.packet;

/** A fragment's share of a datagram, or a protocol that nothing here speaks. */
public record OpaqueTransport(int protocol, Bytes bytes) implements Transport {
    @Override
    public int length() {
        return bytes.length();
    }
}
