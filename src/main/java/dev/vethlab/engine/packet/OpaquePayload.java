package dev.vethlab.engine.packet;

/** A payload of a protocol that nothing here speaks, or that is not well-formed. */
public record OpaquePayload(int etherType, Bytes bytes) implements Payload {
    @Override
    public int length() {
        return bytes.length();
    }
}
