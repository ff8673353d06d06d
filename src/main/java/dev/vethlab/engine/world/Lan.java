package dev.vethlab.engine.world;

import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.EthernetCard;

/** The LAN switch: a machine of its own whose only business is a bridge. */
final class Lan {
    static final String NAME = "lan";

    private final Machine machine;
    private final Bridge bridge;

    Lan(Kernel kernel) throws KernelException {
        machine = new Machine(kernel, NAME);
        NetworkNamespace root = machine.root();
        root.sysctls().set("net.ipv6.conf.default.disable_ipv6", "1");
        // a switch that one buys has no netfilter
        root.sysctls().set("net.bridge.bridge-nf-call-iptables", "0");
        bridge = root.devices().addBridge(NAME, null);
        // nor does it ask or tell about groups
        bridge.setSnooping(false);
        root.devices().setUp(bridge);
    }

    Machine machine() {
        return machine;
    }

    Bridge bridge() {
        return bridge;
    }

    /** Lays a cable from a card to a new port, named after the machine at the other end. */
    void plugIn(EthernetCard card) throws KernelException {
        NetworkNamespace root = machine.root();
        EthernetCard port = root.devices().addCard("to-" + card.namespace().machine().name(), machine.kernel().randomMac());
        EthernetCard.connect(port, card);
        root.devices().enslave(port, bridge);
        root.devices().setUp(port);
    }
}
