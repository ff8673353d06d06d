package dev.vethlab.engine.docker.api;

/**
 * A container's port: {@code 80/tcp}.
 *
 * @param number 1 to 65535
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 */
public record Port(int number, String protocol) implements Comparable<Port> {
    public static Port of(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? new Port(Integer.parseInt(text), "tcp")
                : new Port(Integer.parseInt(text.substring(0, slash)), text.substring(slash + 1));
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
