package dev.vethlab.engine.command.archive;

import dev.vethlab.engine.packet.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The gzip format (RFC 1952). What is written is stored, not deflated (RFC 1951, 3.2.4): how well a deflater does its work depends on
 * the library, and the same session must make the same bytes everywhere.
 */
final class Gzip {
    private static final int MAGIC = 0x1F8B;
    private static final int STORED = 65_535;
    private static final int MOST = 16 << 20;
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3};

    private Gzip() {}

    static boolean is(Bytes bytes) {
        return bytes.length() > HEADER.length && bytes.word(0) >>> 16 == MAGIC;
    }

    static Bytes pack(Bytes plain) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(HEADER);
        for (int at = 0; at == 0 || at < plain.length(); at += STORED) {
            Bytes part = plain.slice(at, Math.min(plain.length(), at + STORED));
            out.write(at + STORED >= plain.length() ? 1 : 0);
            littleEndian(out, part.length(), 2);
            littleEndian(out, ~part.length(), 2);
            out.writeBytes(part.toArray());
        }
        var sum = new CRC32();
        sum.update(plain.toArray());
        littleEndian(out, sum.getValue(), 4);
        littleEndian(out, plain.length(), 4);
        return Bytes.of(out.toByteArray());
    }

    private static void littleEndian(ByteArrayOutputStream out, long number, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (number >> 8 * i));
        }
    }

    /** Null if it is damaged, or more than is kept. */
    static @Nullable Bytes unpack(Bytes packed) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.toArray()))) {
            byte[] plain = in.readNBytes(MOST + 1);
            return plain.length > MOST ? null : Bytes.of(plain);
        } catch (IOException e) {
            return null;
        }
    }
}
