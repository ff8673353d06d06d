package dev.vethlab.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every recording, typed into a fresh session, is answered as the real machines answered.
 *
 * <p>{@code -Dtranscript=NAME} replays only those whose name contains NAME and shows how they differ, listed as known failures or
 * not.
 */
class TranscriptTest {
    private static final String ONLY = System.getProperty("transcript", "");

    private final Replayer replayer = new Replayer(EngineLab::open);

    @TestFactory
    Stream<DynamicTest> answersAsRecorded() {
        List<String> known = KnownFailures.names();
        return Transcript.all().stream()
                .filter(transcript -> transcript.name().contains(ONLY))
                .map(transcript -> dynamicTest(transcript.name(), () -> check(transcript, known.contains(transcript.name()))));
    }

    private void check(Transcript transcript, boolean knownFailure) {
        if (knownFailure && ONLY.isEmpty()) {
            checkKnownFailure(transcript);
            return;
        }
        Replayer.Result result = replayer.replay(transcript);
        if (!result.isWhole()) {
            fail(result.score() + "\n" + result.differences());
        }
    }

    private void checkKnownFailure(Transcript transcript) {
        Replayer.Result result;
        try {
            result = replayer.replay(transcript);
        } catch (RuntimeException e) {
            abort("known failure: " + e);
            return;
        }
        if (result.isWhole()) {
            fail(transcript.name() + " passes now: strike it off " + KnownFailures.FILE);
        }
        abort("known failure: " + result.score());
    }

    @Test
    void knownFailuresAreTranscripts() {
        assertThat(Transcript.all().stream().map(Transcript::name).toList()).containsAll(KnownFailures.names());
        assertThat(KnownFailures.names()).doesNotHaveDuplicates();
    }

    @Test
    void copiesAreCompleteAndUnchanged() throws IOException {
        Path originals = Path.of("../shared/transcripts");
        assumeTrue(Files.isDirectory(originals), "the originals are not beside the project");
        assertThat(recordings(Transcript.directory()))
                .as("beside them there are our own questions")
                .containsAllEntriesOf(recordings(originals));
    }

    private static Map<String, String> recordings(Path root) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (var files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".transcript")).toList()) {
                texts.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
