package dev.vethlab.engine.kernel.socket.tcp;

/** The four numbers that name a connection, seen from this side. */
record TcpTuple(int localAddress, int localPort, int remoteAddress, int remotePort) {}
