package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;

/** A regular file at a position. */
final class OpenRegularFile extends OpenFile {
    private final FileSystem files;
    private final RegularFile file;
    private final OpenMode mode;
    private int position;

    OpenRegularFile(FileSystem files, RegularFile file, OpenMode mode) {
        this.files = files;
        this.file = file;
        this.mode = mode;
    }

    @Override
    public Bytes read(EmulatedProcess reader, int limit) {
        if (mode == OpenMode.WRITE || mode == OpenMode.APPEND) {
            throw new FileError(Errno.EBADF);
        }
        Bytes part = file.read(position, limit);
        position += part.length();
        return part;
    }

    @Override
    public void write(EmulatedProcess writer, Bytes data) {
        if (!mode.writes) {
            throw new FileError(Errno.EBADF);
        }
        if (mode.appends) {
            position = (int) file.size();
        }
        int growth = (int) Math.max(0, position + data.length() - file.size());
        files.reserveBytes(growth);
        file.write(position, data);
        file.setModified(writer.now());
        position += data.length();
    }
}
