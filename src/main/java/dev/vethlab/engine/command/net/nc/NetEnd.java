package dev.vethlab.engine.command.net.nc;

import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.packet.Bytes;

/** The network's side of a conversation. */
sealed interface NetEnd permits StreamEnd, DatagramEnd {
    Socket socket();

    /** What came in; empty if there is nothing now. */
    Bytes read();

    /** Whether nothing will come any more. */
    boolean atEnd();

    /** Sends; false if that is no longer possible. */
    boolean write(Bytes data);

    /** Sends no more. */
    void shutdown();
}
