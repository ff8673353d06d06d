package dev.vethlab.engine.process.archive;

import dev.vethlab.engine.packet.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Makes tar's bytes of entries: the ustar format of POSIX.1-1988, and pax records (POSIX.1-2001) for what has no room in it – names
 * above 100 bytes, and which program of the emulated machine a file is.
 */
public final class TarWriter {
    public static final int BLOCK = 512;
    static final int NAME = 100;
    static final int SIZE = 124;
    static final int MODIFIED = 136;
    static final int CHECKSUM = 148;
    static final int TYPE = 156;
    static final int LINK = 157;
    static final int MAGIC = 257;
    static final int USER = 265;
    static final int GROUP = 297;

    /** The type of an entry whose content are records about the next one, and of one about all that follow. */
    static final char RECORDS = 'x';

    static final char GLOBAL = 'g';

    /** Names of records: those in capitals are free for implementations (POSIX.1-2001, pax). */
    static final String PATH = "path";
    static final String TARGET = "linkpath";
    static final String PROGRAM = "VETHLAB.program";

    /** What the files would weigh if programs had bytes. */
    public static final String WEIGHT = "VETHLAB.size";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Appends one entry. */
    public TarWriter add(TarEntry entry) {
        var records = new StringBuilder();
        if (bytes(entry.name()).length > NAME) {
            records.append(record(PATH, entry.name()));
        }
        if (bytes(entry.target()).length > NAME) {
            records.append(record(TARGET, entry.target()));
        }
        if (!entry.program().isEmpty()) {
            records.append(record(PROGRAM, entry.program()));
        }
        if (!records.isEmpty()) {
            append(entry, RECORDS, "PaxHeaders.0/" + entry.name(), Bytes.of(records.toString()));
        }
        append(entry, entry.type(), entry.name(), entry.content());
        return this;
    }

    /** Appends a record about all that follows. */
    public TarWriter global(String key, String value) {
        var nobody = new TarEntry("", GLOBAL, 0644, TarEntry.Owner.ROOT, 0, "", Bytes.EMPTY, "");
        append(nobody, GLOBAL, "pax_global_header", Bytes.of(record(key, value)));
        return this;
    }

    /** All that was appended and the end, two blocks of zeros and as many more as make the whole a multiple of {@code record}. */
    public Bytes end(int record) {
        int least = out.size() + 2 * BLOCK;
        out.writeBytes(new byte[2 * BLOCK + (record - least % record) % record]);
        return Bytes.of(out.toByteArray());
    }

    private void append(TarEntry entry, char type, String name, Bytes content) {
        out.writeBytes(header(entry, type, name, content.length()));
        out.writeBytes(content.toArray());
        out.writeBytes(new byte[-content.length() & BLOCK - 1]);
    }

    /** {@code LENGTH KEY=VALUE\n}, of which the length counts itself. */
    private static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = bytes(rest).length;
        int digits = Integer.toString(length).length();
        int whole = length + Integer.toString(length + digits).length();
        return whole + rest;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] header(TarEntry entry, char type, String name, int size) {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        text(block, 0, name, NAME);
        octal(block, NAME, entry.mode(), 7);
        octal(block, NAME + 8, entry.owner().uid(), 7);
        octal(block, NAME + 16, entry.owner().gid(), 7);
        octal(block, SIZE, size, 11);
        octal(block, MODIFIED, entry.modified(), 11);
        text(block, CHECKSUM, " ".repeat(8), 8);
        block.put(TYPE, (byte) type);
        text(block, LINK, entry.target(), NAME);
        text(block, MAGIC, "ustar\00000", 8);
        text(block, USER, entry.owner().user(), 31);
        text(block, GROUP, entry.owner().group(), 31);
        text(block, CHECKSUM, String.format("%06o\0 ", sum(Bytes.of(block.array()))), 8);
        return block.array();
    }

    /** All bytes of a header, those of the sum itself counting as blanks. */
    static int sum(Bytes header) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : header.get(i) & 0xFF;
        }
        return sum;
    }

    private static void text(ByteBuffer block, int offset, String text, int width) {
        byte[] bytes = bytes(text);
        block.put(offset, bytes, 0, Math.min(bytes.length, width));
    }

    private static void octal(ByteBuffer block, int offset, long number, int digits) {
        text(block, offset, String.format("%0" + digits + "o", number), digits);
    }
}
