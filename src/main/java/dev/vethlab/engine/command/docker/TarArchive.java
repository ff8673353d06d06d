package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.process.file.SymbolicLink;
import dev.vethlab.engine.sim.CalendarTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes files to standard output as a tar archive in the ustar format (POSIX.1-1988): what {@code docker cp CONTAINER:PATH -} says. */
final class TarArchive {
    private static final int BLOCK = 512;
    private static final int MODE = 100;
    private static final int SIZE = 124;
    private static final int MODIFIED = 136;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int MAGIC = 257;
    private static final int USER = 265;

    private final EmulatedProcess self;
    private final FileSystem files;

    TarArchive(EmulatedProcess self, FileSystem files) {
        this.self = self;
        this.files = files;
    }

    /** Writes the file or directory at {@code path} under a name, and the end of the archive. */
    void write(String path, String name) throws KernelException {
        add(path, name);
        self.descriptor(1).write(self, Bytes.of(new byte[2 * BLOCK]));
    }

    private void add(String path, String name) throws KernelException {
        Node node = files.linkStat(self, path);
        if (node.isDirectory()) {
            self.descriptor(1).write(self, header(name + "/", node, '5', 0, ""));
            for (String child : files.list(self, path).keySet()) {
                add(path.replaceFirst("/*$", "/") + child, name + "/" + child);
            }
        } else if (node instanceof SymbolicLink link) {
            self.descriptor(1).write(self, header(name, node, '2', 0, link.target()));
        } else {
            Bytes content = files.readAll(self, path);
            self.descriptor(1).write(self, header(name, node, '0', content.length(), ""));
            self.descriptor(1).write(self, content);
            self.descriptor(1).write(self, Bytes.of(new byte[-content.length() & BLOCK - 1]));
        }
    }

    private static Bytes header(String name, Node node, char type, int size, String target) {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        text(block, 0, name, MODE);
        octal(block, MODE, node.mode(), 7);
        octal(block, MODE + 8, 0, 7);
        octal(block, MODE + 16, 0, 7);
        octal(block, SIZE, size, 11);
        octal(block, MODIFIED, CalendarTime.seconds(node.modified()), 11);
        text(block, CHECKSUM, " ".repeat(8), 8);
        block.put(TYPE, (byte) type);
        text(block, LINK, target, MODE);
        text(block, MAGIC, "ustar\00000", 8);
        text(block, USER, "root", 32);
        text(block, USER + 32, "root", 32);
        int sum = 0;
        for (byte each : block.array()) {
            sum += each & 0xFF;
        }
        text(block, CHECKSUM, String.format("%06o\0 ", sum), 8);
        return Bytes.of(block.array());
    }

    private static void text(ByteBuffer block, int offset, String text, int width) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        block.put(offset, bytes, 0, Math.min(bytes.length, width));
    }

    private static void octal(ByteBuffer block, int offset, long number, int digits) {
        text(block, offset, String.format("%0" + digits + "o", number), digits);
    }
}
