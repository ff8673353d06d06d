package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.packet.Bytes;

/** The bytes of a packet below its line: {@code -x}, {@code -X}, {@code -A} ({@code print-ascii.c}). */
public final class HexDump {
    private static final int PER_LINE = 16;
    private static final int HEX_WIDTH = 40;

    private HexDump() {}

    /** {@code -x}; with {@code ascii}, {@code -X}. */
    public static String hex(Bytes bytes, boolean ascii) {
        var text = new StringBuilder();
        for (int line = 0; line < bytes.length(); line += PER_LINE) {
            int end = Math.min(line + PER_LINE, bytes.length());
            var hex = new StringBuilder();
            var letters = new StringBuilder();
            for (int i = line; i < end; i++) {
                hex.append((i - line) % 2 == 0 ? " " : "").append(String.format("%02x", bytes.get(i)));
                letters.append(bytes.get(i) > 32 && bytes.get(i) < 127 ? (char) bytes.get(i) : '.');
            }
            text.append(String.format("\n\t0x%04x: ", line)).append(hex);
            if (ascii) {
                text.append(" ".repeat(HEX_WIDTH - hex.length() + 2)).append(letters);
            }
        }
        return text.toString();
    }

    /** {@code -A}. */
    public static String ascii(Bytes bytes) {
        var text = new StringBuilder("\n");
        for (int i = 0; i < bytes.length(); i++) {
            int c = bytes.get(i);
            if (c == '\r' && i + 1 < bytes.length() && bytes.get(i + 1) == '\n') {
                continue;
            }
            text.append(c > 32 && c < 127 || c == ' ' || c == '\t' || c == '\n' ? (char) c : '.');
        }
        return text.toString();
    }
}
