package dev.vethlab.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderTest {
    private static final String FOLD_ALL = """
            import runpy, sys
            fold = runpy.run_path(sys.argv[1])["fold"]
            for name in sys.argv[2:]:
                print(fold(open(name).read()), end="\\0\\1\\0")
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.065 ms | 64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=T ms
            3: eth0@if7: <BROADCAST> link/ether 52:54:00:00:00:0a   | N: eth0: <BROADCAST> link/ether 52:54:00:00:00:0a
            remote=192.168.1.20:45678                               | remote=192.168.1.20:EPHEMERAL
            Flags [S], seq 123456789, win 64240                     | Flags [S], seq N, win N
            :FORWARD (policy DROP 12 packets, 840 bytes)            | :FORWARD (policy DROP)
            master br-0123456789ab link-netnsid 4                   | master br-<id1> link-netnsid N
            """)
    void replacesWhatDiffersBetweenRecordings(String line, String folded) {
        assertThat(new Folder().line(line)).isEqualTo(folded);
    }

    @Test
    void theSameThingStaysTheSame() {
        var folder = new Folder();
        String id = "0123456789abcdef".repeat(4);
        assertThat(folder.line("02:42:ac:11:00:02 " + id)).isEqualTo("<mac1> <id1>");
        assertThat(folder.line(id.substring(0, 12) + " 02:42:ac:11:00:03 02:42:ac:11:00:02")).isEqualTo("<id1> <mac2> <mac1>");
    }

    @Test
    void foldsAllRecordingsAsTheirDefinitionDoes() throws Exception {
        Path definition = Path.of("../shared/oracle/normalise.py");
        assumeTrue(Files.exists(definition), "the definition is not beside the project");
        // one interpreter for all of them: it takes longer to start than to fold
        List<Transcript> transcripts = Transcript.all();
        var command = new ArrayList<>(List.of("python3", "-c", FOLD_ALL, definition.toString()));
        transcripts.forEach(transcript -> command.add(Transcript.directory().resolve(transcript.name() + ".transcript").toString()));
        Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
        String[] theirs = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\0\1\0");
        assertThat(theirs.length).isEqualTo(transcripts.size());
        for (int i = 0; i < theirs.length; i++) {
            assertThat(folded(transcripts.get(i))).as(transcripts.get(i).name()).isEqualTo(theirs[i]);
        }
    }

    private static String folded(Transcript transcript) {
        var folder = new Folder();
        return transcript.commands().stream().map(command -> folded(command, folder)).collect(Collectors.joining("\n"));
    }

    private static String folded(Transcript.Command command, Folder folder) {
        var text = new StringBuilder(command.toString());
        if (command.compared()) {
            folder.lines(command.output()).forEach(line -> text.append('\n').append(line));
        }
        return command.exitCode() == 0 ? text.toString() : text + "\n[" + command.exitCode() + "]";
    }
}
