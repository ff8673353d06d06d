package dev.vethlab.engine.process;

import dev.vethlab.engine.process.file.ClosedFile;
import dev.vethlab.engine.process.file.OpenFile;
import java.util.ArrayList;
import java.util.List;

/** The open files of a process by their numbers ({@code struct fdtable}); each holds its file open. */
final class Descriptors {
    private final List<OpenFile> files;

    /** Those of a parent, open once more. */
    Descriptors(List<OpenFile> inherited) {
        files = new ArrayList<>(inherited);
        inherited.forEach(OpenFile::retain);
    }

    OpenFile get(int number) {
        return number < files.size() ? files.get(number) : ClosedFile.INSTANCE;
    }

    void set(int number, OpenFile file) {
        while (files.size() <= number) {
            files.add(ClosedFile.INSTANCE);
        }
        file.retain();
        files.set(number, file).release();
    }

    List<OpenFile> all() {
        return List.copyOf(files);
    }

    void close() {
        files.forEach(OpenFile::release);
        files.clear();
    }
}
