package dev.vethlab.web.inspect;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.NetDevice;

/** What the things of the drawing are called ({@code frontend/src/topology/scene.ts}). */
final class Drawing {
    private Drawing() {}

    static String device(NetDevice device) {
        NetworkNamespace namespace = device.namespace();
        return "device:" + namespace.machine().name() + "/" + namespace.name() + "/" + device.name();
    }

    static String namespace(NetworkNamespace namespace) {
        String machine = namespace.machine().name();
        return namespace.name().isEmpty() ? "machine:" + machine : "namespace:" + machine + "/" + namespace.name();
    }
}
