package dev.vethlab.engine.process.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.packet.Bytes;
import org.junit.jupiter.api.Test;

/** What {@link TarWriter} writes, {@link TarReader} reads; what is damaged it names. */
class TarReaderTest {
    private static final TarEntry.Owner OWNER = new TarEntry.Owner(1000, 100, "somebody", "users");

    private static TarEntry file(String name, String program) {
        return new TarEntry(name, TarEntry.FILE, 0640, OWNER, 1_767_603_600L, "", Bytes.of("hello"), program);
    }

    private static Bytes archive(TarEntry... entries) {
        var writer = new TarWriter();
        for (TarEntry entry : entries) {
            writer.add(entry);
        }
        return writer.end(TarWriter.BLOCK);
    }

    @Test
    void readsWhatWasWritten() {
        var link = new TarEntry("d/l", TarEntry.LINK, 0777, OWNER, 0, "a", Bytes.EMPTY, "");
        TarReader read = TarReader.read(archive(file("d/a", ""), link));
        assertThat(read.fault()).isEqualTo(TarReader.Fault.NONE);
        assertThat(read.entries()).containsExactly(file("d/a", ""), link);
    }

    @Test
    void keepsLongNamesAndPrograms() {
        TarEntry entry = file("directory/".repeat(20) + "name", "busybox:cat");
        assertThat(TarReader.read(archive(entry)).entries()).containsExactly(entry);
    }

    @Test
    void keepsRecordsAboutTheWhole() {
        Bytes bytes = new TarWriter().global(TarWriter.WEIGHT, "2065215").add(file("a", "")).end(TarWriter.BLOCK);
        assertThat(TarReader.read(bytes).global(TarWriter.WEIGHT)).isEqualTo("2065215");
        assertThat(TarReader.read(bytes).entries()).hasSize(1);
    }

    @Test
    void namesWhatIsDamaged() {
        assertThat(TarReader.read(Bytes.of("junk\n")).fault()).isEqualTo(TarReader.Fault.SHORT);
        assertThat(TarReader.read(Bytes.of("x".repeat(2 * TarWriter.BLOCK))).fault()).isEqualTo(TarReader.Fault.NO_HEADER);
        assertThat(TarReader.read(archive(file("a", "")).slice(0, TarWriter.BLOCK)).fault()).isEqualTo(TarReader.Fault.SHORT);
    }
}
