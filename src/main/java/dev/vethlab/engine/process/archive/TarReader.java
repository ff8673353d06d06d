package dev.vethlab.engine.process.archive;

import dev.vethlab.engine.packet.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads tar's bytes: ustar with pax records, as {@link TarWriter} writes it. */
public final class TarReader {
    private static final int OCTAL = 8;

    private final Bytes all;
    private final List<TarEntry> entries = new ArrayList<>();
    private final Map<String, String> globals = new TreeMap<>();
    private Fault fault = Fault.NONE;

    /** What was wrong with the bytes after the entries that were read. */
    public enum Fault {
        NONE,
        /** There is no header where one must be. */
        NO_HEADER,
        /** The bytes end within a header or a file. */
        SHORT
    }

    private TarReader(Bytes all) {
        this.all = all;
    }

    public static TarReader read(Bytes bytes) {
        var reader = new TarReader(bytes);
        reader.run();
        return reader;
    }

    public List<TarEntry> entries() {
        return entries;
    }

    /** The value of a record about the whole archive; empty if there is none. */
    public String global(String key) {
        return globals.getOrDefault(key, "");
    }

    public Fault fault() {
        return fault;
    }

    private void run() {
        int at = 0;
        Map<String, String> records = Collections.emptyMap();
        while (at < all.length()) {
            if (at + TarWriter.BLOCK > all.length()) {
                fault = Fault.SHORT;
                return;
            }
            Bytes header = all.slice(at, at + TarWriter.BLOCK);
            if (isBlank(header)) {
                return;
            }
            long size = octal(header, TarWriter.SIZE, 12);
            if (octal(header, TarWriter.CHECKSUM, 8) != TarWriter.sum(header) || size < 0) {
                fault = Fault.NO_HEADER;
                return;
            }
            at += TarWriter.BLOCK;
            if (at + size > all.length()) {
                fault = Fault.SHORT;
                return;
            }
            Bytes content = all.slice(at, at + (int) size);
            at += (int) size + (int) (-size & TarWriter.BLOCK - 1);
            char type = (char) header.get(TarWriter.TYPE);
            if (type == TarWriter.GLOBAL) {
                globals.putAll(records(content.text()));
            } else if (type == TarWriter.RECORDS) {
                records = records(content.text());
            } else {
                entries.add(entry(header, type == 0 ? TarEntry.FILE : type, content, records));
                records = Collections.emptyMap();
            }
        }
    }

    private static TarEntry entry(Bytes header, char type, Bytes content, Map<String, String> records) {
        int ids = TarWriter.NAME + 8;
        var owner = new TarEntry.Owner((int) octal(header, ids, 8), (int) octal(header, ids + 8, 8),
                text(header, TarWriter.USER, 32), text(header, TarWriter.GROUP, 32));
        return new TarEntry(records.getOrDefault(TarWriter.PATH, text(header, 0, TarWriter.NAME)), type,
                (int) octal(header, TarWriter.NAME, 8) & 07777, owner, octal(header, TarWriter.MODIFIED, 12),
                records.getOrDefault(TarWriter.TARGET, text(header, TarWriter.LINK, TarWriter.NAME)), content,
                records.getOrDefault(TarWriter.PROGRAM, ""));
    }

    private static Map<String, String> records(String text) {
        var records = new TreeMap<String, String>();
        for (String line : text.split("\n")) {
            int blank = line.indexOf(' ');
            int equals = line.indexOf('=');
            if (blank > 0 && equals > blank) {
                records.put(line.substring(blank + 1, equals), line.substring(equals + 1));
            }
        }
        return records;
    }

    private static boolean isBlank(Bytes block) {
        for (int i = 0; i < block.length(); i++) {
            if (block.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static String text(Bytes header, int offset, int width) {
        String text = header.slice(offset, offset + width).text();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** A number in octal digits; -1 if it is none. */
    private static long octal(Bytes header, int offset, int width) {
        String digits = text(header, offset, width).strip();
        return digits.isEmpty() ? 0 : digits.matches("[0-7]{1,12}") ? Long.parseLong(digits, OCTAL) : -1;
    }
}
