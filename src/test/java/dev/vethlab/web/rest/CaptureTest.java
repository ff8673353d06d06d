package dev.vethlab.web.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark reads the capture files: every byte has its meaning, every checksum is right, every packet tells its stage. */
@QuarkusTest
class CaptureTest {
    private static final String SESSIONS = "/api/v1/sessions";
    private static final List<String> CHECKED = List.of("-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o",
            "udp.check_checksum:TRUE");

    @TempDir
    Path directory;

    @Test
    void everyPacketOfASessionIsWellFormed() throws Exception {
        Path file = captured("");
        // every packet is there once a device, which a single listener's analysis would take for retransmissions
        assertThat(tshark(file, "-o", "tcp.analyze_sequence_numbers:FALSE", "-o", "tcp.desegment_tcp_streams:FALSE", "-Y", "_ws.malformed || _ws.expert.severity == error || ip.checksum.status == bad"
                + " || tcp.checksum.status == bad || udp.checksum.status == bad || icmp.checksum.status == bad")).isEmpty();
        assertThat(tshark(file, "-T", "fields", "-e", "frame.protocols").stream().distinct()).anyMatch(p -> p.endsWith(":arp"))
                .anyMatch(p -> p.contains(":icmp")).anyMatch(p -> p.contains(":tcp:http")).anyMatch(p -> p.contains(":udp:dns"));
        assertThat(tshark(file, "-Y", "tcp.checksum.status == good && ip.checksum.status == good")).isNotEmpty();
        assertThat(tshark(file, "-Y", "udp.checksum.status == good")).isNotEmpty();
        assertThat(tshark(file, "-Y", "icmp.checksum.status == good")).isNotEmpty();
        assertThat(tshark(file, "-Y", "ip.reassembled.length")).as("fragments that Wireshark puts together").isNotEmpty();
    }

    @Test
    void aPacketTellsItsDeviceAndItsStage() throws Exception {
        List<String> syns = tshark(captured(""), "-Y", "tcp.flags.syn == 1 && tcp.flags.ack == 0", "-T", "fields", "-e",
                "frame.interface_name", "-e", "ip.dst", "-e", "frame.comment");
        assertThat(syns).anyMatch(line -> line.matches("client:eth0\t192\\.168\\.1\\.10\tDEVICE_TX, packet \\d+"))
                .anyMatch(line -> line.matches("host:eth0\t192\\.168\\.1\\.10\tDEVICE_RX, packet \\d+"))
                .anyMatch(line -> line.matches("host:docker0\t172\\.17\\.0\\.2\tDEVICE_TX, packet \\d+"));
    }

    @Test
    void oneDeviceIsWhatTcpdumpWouldHaveSeenThere() throws Exception {
        Path file = captured("?node=host&device=docker0");
        assertThat(tshark(file, "-T", "fields", "-e", "frame.interface_name").stream().distinct()).containsExactly("host:docker0");
        assertThat(tshark(file, "-Y", "http.request", "-T", "fields", "-e", "ip.dst")).containsExactly("172.17.0.2");
    }

    /** The file of a session in which there was something of everything. */
    private Path captured(String query) throws IOException {
        String session = given().contentType(ContentType.JSON).body(Map.of("world", "lab")).post(SESSIONS).path("id");
        for (List<String> typed : List.of(List.of("host", "docker run -d --name web -p 5001:5001 my-app"),
                List.of("client", "curl http://192.168.1.10:5001/"), List.of("client", "ping -c 1 -s 3000 192.168.1.10"),
                List.of("client", "dig +short example.com @192.168.1.1"), List.of("client", "curl -m 2 192.168.1.10:9"))) {
            given().contentType(ContentType.JSON).body(Map.of("node", typed.getFirst(), "command", typed.getLast()))
                    .post(SESSIONS + "/" + session + "/exec").then().statusCode(200);
        }
        Path file = directory.resolve("session.pcapng");
        Files.write(file, given().get(SESSIONS + "/" + session + "/capture.pcapng" + query).then().statusCode(200).extract().asByteArray());
        return file;
    }

    /** The lines that tshark prints. */
    private List<String> tshark(Path file, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
        command.addAll(CHECKED);
        command.addAll(List.of(arguments));
        Path errors = directory.resolve("errors");
        Process process;
        try {
            process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            throw new AssertionError("this test needs Wireshark's tshark: install it (Debian: apt-get install tshark)", e);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(() -> read(errors)).isZero();
        return output.lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
