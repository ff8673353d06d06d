package dev.vethlab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String FIXTURE = "dev.vethlab.architecture.fixture";
    /** Where tests are compiled to, whoever compiles them. */
    private static final String TESTS = ArchitectureTest.class.getProtectionDomain().getCodeSource().getLocation().getPath();

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(location -> !location.contains(TESTS))
            .importPackages("dev.vethlab");
    private static final JavaClasses WRONG = new ClassFileImporter().importPackages(FIXTURE);

    static Stream<ArchRule> productRules() {
        return Stream.of(
                        Layers.rules("dev.vethlab"),
                        List.of(Layers.everyClassHasItsLayer("dev.vethlab"), Layers.clientUsesOnlyTheApi("dev.vethlab")),
                        EngineBans.rules("dev.vethlab.engine"))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("productRules")
    void holds(ArchRule rule) {
        rule.check(PRODUCT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void sourceFilesAreShort(String root) {
        assertThat(SourceFiles.complaints(Path.of(root))).isEmpty();
    }

    @Test
    void aLayerThatUsesOneAboveIsNoticed() {
        assertThat(violations(Layers.rules(FIXTURE))).anyMatch(v -> v.contains("Upwards") && v.contains("AboveTheEngine"));
    }

    @Test
    void aClientThatReachesBehindTheApiIsNoticed() {
        assertThat(violations(List.of(Layers.clientUsesOnlyTheApi(FIXTURE)))).anyMatch(v -> v.contains("NosyClient") && v.contains("Daemon"));
    }

    @Test
    void aClassWithoutALayerIsNoticed() {
        assertThat(violations(List.of(Layers.everyClassHasItsLayer(FIXTURE)))).anyMatch(v -> v.contains("Nondeterministic"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.System.nanoTime",
                "java.lang.Math.random",
                "java.lang.Thread.sleep",
                "java.time.Instant.now",
                "java.util.UUID.randomUUID",
                "java.util.Map.of",
                "java.util.Set.copyOf",
                "parallelStream",
                "java.util.HashMap",
                "java.util.Random",
                "java.nio.file.Files",
                "java.net.URI"
            })
    void whatTheEngineMayNotTouchIsNoticed(String banned) {
        assertThat(violations(EngineBans.rules(FIXTURE + ".engine"))).anyMatch(v -> v.contains(banned));
    }

    @Test
    void longFilesAndLinesAreNoticed(@TempDir Path directory) throws IOException {
        Files.write(directory.resolve("Long.java"), Collections.nCopies(SourceFiles.LINES + 1, "//"));
        Files.writeString(directory.resolve("Wide.java"), "/".repeat(SourceFiles.COLUMNS + 1));
        assertThat(SourceFiles.complaints(directory)).hasSize(2);
    }

    private static List<String> violations(List<ArchRule> rules) {
        return rules.stream().flatMap(rule -> rule.evaluate(WRONG).getFailureReport().getDetails().stream()).toList();
    }
}
