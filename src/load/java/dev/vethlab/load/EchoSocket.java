package dev.vethlab.load;

import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Says what it hears: what a socket of the same server costs by itself, to compare with. Only in builds for measuring. */
@WebSocket(path = "/ws/echo")
@RunOnVirtualThread
public class EchoSocket {
    @OnTextMessage
    String echo(String text) {
        return text;
    }
}
