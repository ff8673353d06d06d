package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.packet.Bytes;
import java.util.Arrays;

/** Bytes in a row: appended at the end, looked at anywhere, dropped at the front. */
final class ByteQueue {
    private byte[] array = new byte[256];
    private int start;
    private int size;

    int size() {
        return size;
    }

    void append(Bytes data) {
        if (start + size + data.length() > array.length) {
            byte[] bigger = size + data.length() > array.length ? new byte[Math.max(array.length * 2, size + data.length())] : array;
            System.arraycopy(array, start, bigger, 0, size);
            array = bigger;
            start = 0;
        }
        data.copyTo(array, start + size);
        size += data.length();
    }

    /** A copy of {@code length} bytes from {@code from} on. */
    Bytes peek(int from, int length) {
        return Bytes.of(Arrays.copyOfRange(array, start + from, start + from + length));
    }

    void drop(int count) {
        start += count;
        size -= count;
        if (size == 0) {
            start = 0;
        }
    }

    void clear() {
        drop(size);
    }
}
