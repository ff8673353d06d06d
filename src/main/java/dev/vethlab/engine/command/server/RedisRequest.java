package dev.vethlab.engine.command.server;

import dev.vethlab.engine.packet.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to Redis.
 *
 * @param length bytes that it took
 */
record RedisRequest(List<String> words, int length) {
    /** The first complete request in {@code input}, or null. */
    static @Nullable RedisRequest read(Bytes input) {
        int end = lineEnd(input, 0);
        if (end < 0) {
            return null;
        }
        String first = input.slice(0, end).text().strip();
        if (!first.startsWith("*")) {
            return new RedisRequest(first.isEmpty() ? List.of() : List.of(first.split("\\s+")), end + 1);
        }
        int count = number(first);
        int at = end + 1;
        var words = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            int header = lineEnd(input, at);
            if (header < 0) {
                return null;
            }
            int length = number(input.slice(at, header).text().strip());
            int from = header + 1;
            if (input.length() < from + length + 2) {
                return null;
            }
            words.add(input.slice(from, from + length).text());
            at = from + length + 2;
        }
        return new RedisRequest(List.copyOf(words), at);
    }

    private static int number(String text) {
        return text.matches("[*$]\\d{1,7}") ? Integer.parseInt(text.substring(1)) : 0;
    }

    private static int lineEnd(Bytes input, int from) {
        for (int i = from; i < input.length(); i++) {
            if (input.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }
}
