package dev.vethlab.engine.command.http;

import dev.vethlab.engine.packet.Bytes;

/**
 * A request as a server got it.
 *
 * @param peer who asks: an address
 */
public record HttpRequest(HttpHead head, Bytes body, int peer, int peerPort, int localAddress, int localPort) {
    public String method() {
        return head.word(0);
    }

    /** The target without its query. */
    public String path() {
        return head.word(1).split("\\?", 2)[0];
    }

    public boolean isHttp11() {
        return head.word(2).equals("HTTP/1.1");
    }

    /** Whether the client wants the connection to stay open after the answer. */
    public boolean keepsAlive() {
        String connection = head.field("Connection");
        return connection == null ? isHttp11() : connection.equalsIgnoreCase("keep-alive");
    }
}
