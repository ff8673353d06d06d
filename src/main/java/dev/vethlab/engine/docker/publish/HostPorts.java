package dev.vethlab.engine.docker.publish;

import dev.vethlab.engine.docker.api.EngineException;

/** The host's ports as the engine takes them: bound first, listened at once rules stand, then handed to a proxy. */
public interface HostPorts {
    /** A port that is bound. */
    interface Bound {
        /** Lets connections come in; a UDP port is open as soon as it is bound. */
        void listen() throws EngineException;

        /** Starts {@code docker-proxy} on it, if the engine uses one. */
        void startProxy();

        /** Ends the proxy and frees the port. */
        void close();
    }

    /** Binds {@code found}'s host port; {@code wanted} is named in the error. */
    Bound bind(PortMapping wanted, PortMapping found) throws EngineException;
}
