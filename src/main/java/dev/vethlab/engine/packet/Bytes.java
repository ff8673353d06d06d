package dev.vethlab.engine.packet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable run of bytes; slices share their array. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** Takes the array over: the caller does not change it any more. */
    public static Bytes of(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
    }

    /** UTF-8; what {@link #text} made of bytes that are none becomes those bytes again. */
    public static Bytes of(String text) {
        return of(StrayBytes.in(text) ? StrayBytes.encode(text) : text.getBytes(StandardCharsets.UTF_8));
    }

    /** Big-endian words, as they stand on the wire. */
    public static Bytes ofWords(int... words) {
        byte[] array = new byte[4 * words.length];
        for (int i = 0; i < array.length; i++) {
            array[i] = (byte) (words[i / 4] >>> 24 - 8 * (i % 4));
        }
        return of(array);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** The byte at {@code index}, 0 to 255. */
    public int get(int index) {
        return array[offset + java.util.Objects.checkIndex(index, length)] & 0xFF;
    }

    /** The big-endian word that begins at {@code index}. */
    public int word(int index) {
        return get(index) << 24 | get(index + 1) << 16 | get(index + 2) << 8 | get(index + 3);
    }

    /** The bytes from {@code from} up to, not including, {@code to}. */
    public Bytes slice(int from, int to) {
        java.util.Objects.checkFromToIndex(from, to, length);
        return from == to ? EMPTY : new Bytes(array, offset + from, to - from);
    }

    public Bytes slice(int from) {
        return slice(from, length);
    }

    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, offset, target, at, length);
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    public Bytes concat(Bytes tail) {
        if (isEmpty()) {
            return tail;
        }
        if (tail.isEmpty()) {
            return this;
        }
        byte[] both = new byte[length + tail.length];
        copyTo(both, 0);
        tail.copyTo(both, length);
        return of(both);
    }

    /** The bytes as UTF-8 text, from which {@link #of(String)} makes the same bytes again, whatever they are. */
    public String text() {
        String text = shown();
        return text.indexOf(StrayBytes.REPLACEMENT) < 0 ? text : StrayBytes.decode(array, offset, length);
    }

    /** The bytes as UTF-8 text to look at: U+FFFD stands for what is none. */
    public String shown() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes b && Arrays.equals(array, offset, offset + length, b.array, b.offset, b.offset + b.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + array[offset + i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return length + " bytes";
    }
}
