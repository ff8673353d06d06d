package dev.vethlab.engine.command.ip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The layout of {@code lib/json_writer.c}, pretty and on one line. */
class JsonWriterTest {
    private static String write(boolean pretty) {
        var json = new JsonWriter(pretty);
        json.startArray();
        json.startObject();
        json.name("ifindex");
        json.value(1);
        json.name("flags");
        json.startArray();
        json.value("UP");
        json.value("LOWER_UP");
        json.endArray();
        json.name("cache");
        json.startArray();
        json.endArray();
        json.endObject();
        json.endArray();
        return json.text();
    }

    @Test
    void allOnOneLine() {
        assertThat(write(false)).isEqualTo("[{\"ifindex\":1,\"flags\":[\"UP\",\"LOWER_UP\"],\"cache\":[]}]");
    }

    @Test
    void prettyWithItsOwnWayOfBreakingLines() {
        assertThat(write(true)).isEqualTo("""
                [ {
                        "ifindex": 1,
                        "flags": [ "UP","LOWER_UP" ],
                        "cache": [ ]
                    } ]""");
    }
}
