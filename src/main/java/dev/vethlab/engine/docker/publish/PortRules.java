package dev.vethlab.engine.docker.publish;

import dev.vethlab.engine.docker.api.EngineException;

/** Opens a published port in the firewall, and closes it. */
public interface PortRules {
    void addPort(PortMapping port) throws EngineException;

    void removePort(PortMapping port);
}
