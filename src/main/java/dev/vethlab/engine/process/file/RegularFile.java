package dev.vethlab.engine.process.file;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.Executable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes, and perhaps a program that runs when the file is executed. */
public final class RegularFile extends Node {
    final Object owner;
    private final @Nullable Executable program;
    private byte[] content;
    private int length;

    RegularFile(Object owner, byte[] content, @Nullable Executable program, int mode, long modified) {
        super(mode, modified);
        this.owner = owner;
        this.content = content;
        this.length = content.length;
        this.program = program;
    }

    RegularFile copyFor(Object newOwner) {
        return sharingOwners(new RegularFile(newOwner, Arrays.copyOf(content, length), program, mode(), modified()));
    }

    /** What runs when it is executed; null for a script, which its first line's interpreter or a shell runs. */
    public @Nullable Executable program() {
        return program;
    }

    @Override
    public char type() {
        return '-';
    }

    @Override
    public long size() {
        return length;
    }

    /** Up to {@code limit} bytes from {@code position}; empty at the end. */
    Bytes read(int position, int limit) {
        if (position >= length) {
            return Bytes.EMPTY;
        }
        return Bytes.of(Arrays.copyOfRange(content, position, Math.min(length, position + limit)));
    }

    void write(int position, Bytes data) {
        int end = position + data.length();
        if (end > content.length) {
            content = Arrays.copyOf(content, Math.max(end, content.length * 2));
        }
        data.copyTo(content, position);
        length = Math.max(length, end);
    }

    void truncate(int newLength) {
        if (newLength > content.length) {
            content = Arrays.copyOf(content, newLength);
        } else if (newLength < length) {
            Arrays.fill(content, newLength, length, (byte) 0);
        }
        length = newLength;
    }
}
