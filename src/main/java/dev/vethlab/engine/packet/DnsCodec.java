package dev.vethlab.engine.packet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** DNS messages to bytes and back, names compressed as RFC 1035 §4.1.4 has it. */
public final class DnsCodec {
    private static final int HEADER_LENGTH = 12;
    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 253;
    private static final int MAX_RECORDS = 256;

    private DnsCodec() {}

    /** Whether a name may be asked for: labels of 1 to 63 bytes, 253 in all. */
    public static boolean isName(String name) {
        if (name.length() > MAX_NAME) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty() && !name.isEmpty() || label.length() > MAX_LABEL) {
                return false;
            }
        }
        return true;
    }

    /** The message as bytes. @throws IllegalArgumentException if a name is none ({@link #isName}) */
    public static Bytes encode(DnsMessage message) {
        return encode(message, true);
    }

    /** The message as bytes, its names each in full unless {@code compress}. @throws IllegalArgumentException if a name is none */
    public static Bytes encode(DnsMessage message, boolean compress) {
        var writer = new Writer(compress);
        writer.put16(message.id());
        writer.put16(message.flags());
        writer.put16(1);
        writer.put16(message.answers().size());
        writer.put16(message.authority().size());
        writer.put16(message.additional().size() + (message.udpSize() > 0 ? 1 : 0));
        writer.name(message.question());
        writer.put16(message.type());
        writer.put16(message.dnsClass());
        message.answers().forEach(writer::put);
        message.authority().forEach(writer::put);
        message.additional().forEach(writer::put);
        if (message.udpSize() > 0) {
            writer.put8(0);
            writer.put16(DnsType.OPT);
            writer.put16(message.udpSize());
            writer.put16(0);
            writer.put16(0);
            writer.put16(message.options().length());
            writer.put(message.options());
        }
        return Bytes.of(writer.out.toByteArray());
    }

    /** What the bytes mean; empty if they are no well-formed message. */
    public static Optional<DnsMessage> parse(Bytes bytes) {
        try {
            return Optional.of(new Reader(bytes).message());
        } catch (IndexOutOfBoundsException malformed) {
            return Optional.empty();
        }
    }

    private static final class Writer {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final Map<String, Integer> names = new TreeMap<>();
        private final boolean compress;

        Writer(boolean compress) {
            this.compress = compress;
        }

        void put8(int value) {
            out.write(value);
        }

        void put16(int value) {
            out.write(value >>> 8);
            out.write(value);
        }

        void put(Bytes bytes) {
            out.writeBytes(bytes.toArray());
        }

        void name(String name) {
            if (!isName(name)) {
                throw new IllegalArgumentException("not a domain name: " + name);
            }
            String rest = name;
            while (!rest.isEmpty()) {
                Integer known = compress ? names.get(rest) : null;
                if (known != null) {
                    put16(0xC000 | known);
                    return;
                }
                names.put(rest, out.size());
                int dot = rest.indexOf('.');
                String label = dot < 0 ? rest : rest.substring(0, dot);
                byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
                put8(bytes.length);
                out.writeBytes(bytes);
                rest = dot < 0 ? "" : rest.substring(dot + 1);
            }
            put8(0);
        }

        void put(DnsRecord record) {
            name(record.name());
            put16(record.type());
            put16(1);
            put16(record.ttl() >>> 16);
            put16(record.ttl());
            switch (record.data()) {
                case DnsRecord.Address a -> {
                    put16(4);
                    put16(a.address() >>> 16);
                    put16(a.address());
                }
                case DnsRecord.Name target -> {
                    var inner = new Writer(false);
                    inner.name(target.name());
                    put16(inner.out.size());
                    out.writeBytes(inner.out.toByteArray());
                }
                case DnsRecord.Opaque opaque -> {
                    put16(opaque.bytes().length());
                    put(opaque.bytes());
                }
            }
        }
    }

    private static final class Reader {
        private final Bytes bytes;
        private int at;
        private int udpSize;
        private Bytes options = Bytes.EMPTY;

        Reader(Bytes bytes) {
            this.bytes = bytes;
        }

        DnsMessage message() {
            int id = get16();
            int flags = get16();
            int questions = get16();
            int answers = get16();
            int authority = get16();
            int additional = get16();
            String name = "";
            int type = 0;
            int dnsClass = 1;
            if (questions > 1 || at != HEADER_LENGTH) {
                throw new IndexOutOfBoundsException();
            }
            if (questions == 1) {
                name = name();
                type = get16();
                dnsClass = get16();
            }
            return new DnsMessage(id, flags, name, type, dnsClass, records(answers), records(authority), records(additional), udpSize,
                    options);
        }

        private List<DnsRecord> records(int count) {
            if (count > MAX_RECORDS) {
                throw new IndexOutOfBoundsException();
            }
            var records = new ArrayList<DnsRecord>();
            for (int i = 0; i < count; i++) {
                String name = name();
                int type = get16();
                int dnsClass = get16();
                int ttl = get16() << 16 | get16();
                int length = get16();
                int end = at + length;
                Bytes data = bytes.slice(at, end);
                if (type == DnsType.OPT) {
                    udpSize = Math.max(dnsClass, 512);
                    options = data;
                } else {
                    records.add(new DnsRecord(name, type, ttl, data(type, data)));
                }
                at = end;
            }
            return records;
        }

        private DnsRecord.Data data(int type, Bytes data) {
            return switch (type) {
                case DnsType.A -> new DnsRecord.Address(get16() << 16 | get16());
                case DnsType.NS, DnsType.CNAME, DnsType.PTR -> new DnsRecord.Name(name());
                default -> new DnsRecord.Opaque(data);
            };
        }

        private String name() {
            var name = new StringBuilder();
            int position = at;
            boolean jumped = false;
            for (int jumps = 0; jumps < 32; ) {
                int length = bytes.get(position);
                if (length >= 0xC0) {
                    int target = (length & 0x3F) << 8 | bytes.get(position + 1);
                    if (!jumped) {
                        at = position + 2;
                    }
                    jumped = true;
                    jumps++;
                    position = target;
                    continue;
                }
                position++;
                if (length == 0) {
                    if (!jumped) {
                        at = position;
                    }
                    return name.toString();
                }
                if (name.length() > 0) {
                    name.append('.');
                }
                name.append(bytes.slice(position, position + length).text());
                if (name.length() > MAX_NAME) {
                    throw new IndexOutOfBoundsException();
                }
                position += length;
            }
            throw new IndexOutOfBoundsException();
        }

        private int get16() {
            int value = bytes.get(at) << 8 | bytes.get(at + 1);
            at += 2;
            return value;
        }
    }
}
