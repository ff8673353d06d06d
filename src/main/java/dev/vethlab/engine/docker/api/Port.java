package dev.vethlab.engine.docker.api;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A container's port: {@code 80/tcp}.
 *
 * @param number 1 to 65535
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 */
public record Port(int number, String protocol) implements Comparable<Port> {
    private static final int MAX = 65_535;

    public static Port of(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? new Port(Integer.parseInt(text), "tcp")
                : new Port(Integer.parseInt(text.substring(0, slash)), text.substring(slash + 1));
    }

    /**
     * {@code 80}, {@code 80/udp}, {@code 8000-8010/tcp}.
     *
     * @throws IllegalArgumentException with the engine's words for what is none of these
     */
    public static List<Port> several(String text) {
        int slash = text.indexOf('/');
        String numbers = slash < 0 ? text : text.substring(0, slash);
        String protocol = slash < 0 ? "tcp" : text.substring(slash + 1).toLowerCase(Locale.ROOT);
        if (!List.of("tcp", "udp", "sctp").contains(protocol)) {
            throw new IllegalArgumentException("Invalid proto: " + protocol);
        }
        String[] ends = numbers.split("-", 2);
        int first = number(ends[0], numbers);
        int last = number(ends[ends.length - 1], numbers);
        if (last < first) {
            throw new IllegalArgumentException("Invalid containerPort: " + numbers);
        }
        return IntStream.rangeClosed(first, last).mapToObj(n -> new Port(n, protocol)).toList();
    }

    private static int number(String text, String all) {
        int number = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("Invalid containerPort: " + all);
        }
        return number;
    }

    @Override
    public int compareTo(Port other) {
        int byNumber = Integer.compare(number, other.number);
        return byNumber != 0 ? byNumber : protocol.compareTo(other.protocol);
    }

    @Override
    public String toString() {
        return number + "/" + protocol;
    }
}
