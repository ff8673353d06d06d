package dev.vethlab.engine.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that are no UTF-8, in a text: each is a lone surrogate, U+DC80 to U+DCFF, which stands in no proper text (PEP 383). So what
 * programs read, cut and print as text keeps its bytes.
 */
final class StrayBytes {
    static final char REPLACEMENT = '\uFFFD';

    private static final char FIRST = '\uDC80';
    private static final char LAST = '\uDCFF';

    private StrayBytes() {}

    private static boolean isStray(String text, int at) {
        char c = text.charAt(at);
        return c >= FIRST && c <= LAST && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    static boolean in(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isStray(text, i)) {
                return true;
            }
        }
        return false;
    }

    static byte[] encode(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        int proper = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isStray(text, i)) {
                bytes.writeBytes(text.substring(proper, i).getBytes(StandardCharsets.UTF_8));
                bytes.write(text.charAt(i) - 0xDC00);
                proper = i + 1;
            }
        }
        bytes.writeBytes(text.substring(proper).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    static String decode(byte[] array, int offset, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(array, offset, length);
        CharBuffer out = CharBuffer.allocate(length);
        for (CoderResult result = decoder.decode(in, out, true); result.isMalformed(); result = decoder.decode(in, out, true)) {
            for (int i = result.length(); i > 0; i--) {
                out.put((char) (0xDC00 + (in.get() & 0xFF)));
            }
        }
        return out.flip().toString();
    }
}
