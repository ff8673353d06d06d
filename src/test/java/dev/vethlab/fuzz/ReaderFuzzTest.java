package dev.vethlab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vethlab.engine.command.docker.template.Template;
import dev.vethlab.engine.command.docker.template.TemplateException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.DnsCodec;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.WireParser;
import dev.vethlab.web.wire.ClientMessage;
import dev.vethlab.workshop.format.LessonException;
import dev.vethlab.workshop.format.LessonReader;
import jakarta.validation.Validation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything else that reads what somebody wrote: it reads it, or says what is wrong in the one way that it has. */
@Tag("fuzz")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReaderFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 50_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    /** Reads, and throws if it cannot. */
    private interface Reader<T> {
        void read(T input) throws Exception;
    }

    @Test
    void lessons() throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> lessons = Files.walk(Path.of("src/main/resources/lessons"))) {
            for (Path file : lessons.filter(file -> file.toString().endsWith(".md")).toList()) {
                files.add(Files.readString(file));
            }
        }
        check(files, INPUTS / 25, text -> LessonReader.read("01-fuzz", text), LessonException.class);
    }

    @Test
    void goTemplates() {
        List<String> templates = List.of("{{json .}}", "{{range .Items}}{{.Name}}{{else}}none{{end}}", "{{if and .A (not .B)}}a{{else if .C}}c{{end}}",
                "{{$x := index .List 1}}{{$x | printf \"%5.2f|%-10q|%x\" }}", "table {{.ID}}\\t{{.Names}}", "{{with .A}}{{.}}{{end}}{{- \" \" -}}",
                "{{len .Items}} {{slice .Name 1 2}} {{eq 1 1}} {{join .List \",\"}} {{upper .Name}} {{/* c */}} {{`raw`}} {{'c'}} {{1.5e3}} {{0x1F}}");
        Map<String, Object> data = Map.of("A", true, "Name", "web", "List", List.of("a", "b"), "Items", List.of(Map.of("Name", "x")), "ID", 7L);
        check(templates, INPUTS, text -> Template.parse(text).executeWithRawFallback(data), TemplateException.class);
    }

    @Test
    void messagesOfTheSocket() throws IOException {
        var json = new ObjectMapper();
        List<String> messages = new ArrayList<>();
        for (JsonNode message : json.readTree(new File("frontend/src/protocol/examples.json"))) {
            messages.add(message.toString());
        }
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            check(messages, INPUTS, text -> {
                ClientMessage message = json.readValue(text, ClientMessage.class);
                if (message != null) {
                    factory.getValidator().validate(message);
                }
            }, JsonProcessingException.class);
        }
    }

    @Test
    void packets() {
        var random = new Random(SEED);
        Map<String, String> found = new TreeMap<>();
        for (int i = 0; i < 4 * INPUTS; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            if (bytes.length > 24 && random.nextInt(4) > 0) {
                // what is likely to be looked into
                bytes[12] = 8;
                bytes[13] = (byte) (random.nextInt(3) == 0 ? 6 : 0);
                bytes[14] = (byte) (0x45 + random.nextInt(2));
                bytes[23] = new byte[] {1, 6, 17, (byte) random.nextInt()}[random.nextInt(4)];
            }
            note(found, HexFormat.of().formatHex(bytes), () -> {
                var frame = WireParser.frame(Bytes.of(bytes));
                if (frame != null) {
                    frame.toString();
                }
                DnsCodec.parse(Bytes.of(bytes));
                WireParser.transport(IpProtocol.TCP, Bytes.of(bytes));
            });
        }
        assertThat(found).isEmpty();
    }

    private static void check(List<String> corpus, int inputs, Reader<String> reader, Class<? extends Exception> said) {
        var mutator = new Mutator(corpus, SEED);
        Map<String, String> found = new TreeMap<>();
        for (int i = 0; i < inputs; i++) {
            String input = mutator.next();
            note(found, input, () -> {
                try {
                    reader.read(input);
                } catch (Exception e) {
                    if (!said.isInstance(e)) {
                        throw new IllegalStateException(e);
                    }
                }
            });
        }
        assertThat(found).isEmpty();
    }

    private static void note(Map<String, String> found, String input, Runnable read) {
        try {
            read.run();
        } catch (RuntimeException | StackOverflowError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String where = cause.getStackTrace().length == 0 ? "" : " at " + cause.getStackTrace()[0];
            found.putIfAbsent(cause.getClass().getName() + where, input);
        }
    }
}
