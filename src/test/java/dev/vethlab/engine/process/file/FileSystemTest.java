package dev.vethlab.engine.process.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.WorldLimits;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.ProcessTable;
import dev.vethlab.engine.process.Resident;
import dev.vethlab.engine.process.Uts;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A tree of files: paths, links, copies that share until one of them writes. */
class FileSystemTest {
    private final Machine machine = new Machine(Kernel.of(1), "host");
    private final ProcessTable table = new ProcessTable(machine.kernel().simulation(), machine.kernel().room());
    private final FileSystem image = new FileSystem();
    private final FileSystem files;
    private final EmulatedProcess self;

    FileSystemTest() {
        image.addFile("/etc/hosts", "127.0.0.1 localhost\n");
        image.addLink("/bin", "usr/bin");
        image.addDirectory("/usr/bin");
        image.addDirectory("/tmp");
        SystemFiles.addTo(image);
        files = image.copy();
        Resident rests = process -> {};
        self = process(files, rests);
    }

    private EmulatedProcess process(FileSystem root, Resident program) {
        var nothing = new NullFile();
        var context = new ProcessContext(machine.root(), new Uts("host"), table.pids(), root, EnumSet.of(Capability.DAC_OVERRIDE), new TreeMap<>(), "/tmp");
        return table.spawn(null, context, List.of(nothing, nothing, nothing), program, List.of("test"));
    }

    private void write(String path, String text) throws KernelException {
        OpenFile file = files.open(self, path, OpenMode.WRITE);
        file.write(self, Bytes.of(text));
    }

    private String read(String path) throws KernelException {
        return files.readAll(self, path).text();
    }

    @Test
    void pathsAreRelativeToTheWorkingDirectoryAndFollowLinksAndDots() throws KernelException {
        write("note", "hello");

        assertThat(read("/tmp/note")).isEqualTo("hello");
        assertThat(read("../tmp/./note")).isEqualTo("hello");
        assertThat(files.realPath(self, "/bin/../bin")).isEqualTo("/usr/bin");
    }

    @Test
    void aCopySharesUntilItWrites() throws KernelException {
        write("/etc/hosts", "changed\n");

        assertThat(read("/etc/hosts")).isEqualTo("changed\n");
        assertThat(image.text("/etc/hosts")).isEqualTo("127.0.0.1 localhost\n");
    }

    @Test
    void whatFailsSaysWhyByItsErrno() {
        assertThatThrownBy(() -> read("/nosuch")).hasMessage("No such file or directory");
        assertThatThrownBy(() -> read("/etc/hosts/x")).hasMessage("Not a directory");
        assertThatThrownBy(() -> read("/etc")).hasMessage("Is a directory");
        assertThatThrownBy(() -> files.makeDirectory(self, "/etc")).hasMessage("File exists");
        assertThatThrownBy(() -> files.removeDirectory(self, "/etc")).hasMessage("Directory not empty");
        assertThatThrownBy(() -> files.makeDirectory(self, "/proc/x")).hasMessage("No such file or directory");
    }

    @Test
    void aLoopOfLinksEnds() throws KernelException {
        files.makeLink(self, "b", "/tmp/a");
        files.makeLink(self, "a", "/tmp/b");

        assertThatThrownBy(() -> read("/tmp/a")).hasMessage("Too many levels of symbolic links");
    }

    @Test
    void whatAFileSystemHoldsIsBounded() {
        files.limit(Kernel.of(1, withFiles(1, 10)));
        assertThatThrownBy(() -> write("big", "x".repeat(11))).hasMessage("No space left on device");
        assertThatThrownBy(() -> write("two", "x")).hasMessage("No space left on device");
    }

    @Test
    void aSettingIsReadAndWrittenAsAFile() throws KernelException {
        assertThat(read("/proc/sys/net/ipv4/ip_forward")).isEqualTo("0\n");
        assertThatThrownBy(() -> write("/proc/sys/net/ipv4/ip_forward", "1")).hasMessage("Operation not permitted");
    }

    @Test
    void aProcessFindsItselfInProc() throws KernelException {
        assertThat(read("/proc/self/comm")).isEqualTo("test\n");
        assertThat(files.list(self, "/proc")).containsKey(Integer.toString(self.pid()));
    }

    @Test
    void aMountShowsAnotherTree() throws KernelException {
        var volume = new FileSystem();
        files.mount("/data", volume, "/", false);

        write("/data/x", "kept");

        assertThat(volume.text("/x")).isEqualTo("kept");
        assertThatThrownBy(() -> files.rename(self, "/data/x", "/tmp/x")).hasMessage("Invalid cross-device link");
    }

    private static WorldLimits withFiles(int files, int bytes) {
        return new WorldLimits(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, files, bytes, 1 << 20, 1);
    }
}
