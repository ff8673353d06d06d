package dev.vethlab.engine.packet;

/**
 * A resource record of class IN (RFC 1035 §3.2.1).
 *
 * @param name without the final dot
 * @param ttl in seconds
 */
public record DnsRecord(String name, int type, int ttl, Data data) {
    /** What a record says. */
    public sealed interface Data {}

    public record Address(int address) implements Data {}

    /** Of NS, CNAME and PTR. */
    public record Name(String name) implements Data {}

    /** Anything else, as bytes. */
    public record Opaque(Bytes bytes) implements Data {}

    public static DnsRecord a(String name, int ttl, int address) {
        return new DnsRecord(name, DnsType.A, ttl, new Address(address));
    }

    public static DnsRecord ptr(String name, int ttl, String target) {
        return new DnsRecord(name, DnsType.PTR, ttl, new Name(target));
    }

    public static DnsRecord cname(String name, int ttl, String target) {
        return new DnsRecord(name, DnsType.CNAME, ttl, new Name(target));
    }
}
