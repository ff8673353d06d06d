package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.kernel.device.IpvlanMode;
import dev.vethlab.engine.kernel.device.IpvlanPort;
import dev.vethlab.engine.kernel.device.MacvlanMode;
import java.util.Arrays;
import java.util.Map;

/**
 * How a macvlan or ipvlan network was asked for ({@code parseNetworkOptions} of {@code drivers/macvlan} and {@code drivers/ipvlan}).
 *
 * @param parent the host's interface that the containers' are built on
 * @param ownParent whether none was named, so that the engine makes a dummy interface
 */
sealed interface ParentOptions {
    String PARENT = "parent";

    String parent();

    boolean ownParent();

    /** Whether containers have a gateway on their link. */
    boolean hasGateway();

    /** The driver's name. */
    String driver();

    record Macvlan(String parent, boolean ownParent, boolean hasGateway, MacvlanMode mode) implements ParentOptions {
        @Override
        public String driver() {
            return "macvlan";
        }
    }

    record Ipvlan(String parent, boolean ownParent, boolean hasGateway, IpvlanMode mode, IpvlanPort.Traffic traffic)
            implements ParentOptions {
        @Override
        public String driver() {
            return "ipvlan";
        }
    }

    /** @throws EngineException for a mode that the driver does not know, and for {@code lo} */
    static ParentOptions of(String driver, String networkId, boolean internal, Map<String, String> options) throws EngineException {
        String named = options.getOrDefault(PARENT, "");
        if (named.equals("lo")) {
            throw EngineException.internal("loopback interface is not a valid " + driver + " parent link");
        }
        boolean own = named.isEmpty();
        if (driver.equals("macvlan")) {
            String word = options.getOrDefault("macvlan_mode", "");
            MacvlanMode mode = word.isEmpty() ? MacvlanMode.BRIDGE : Arrays.stream(MacvlanMode.values())
                    .filter(m -> m.word().equals(word)).findFirst().orElseThrow(() -> EngineException.internal(
                            "requested macvlan mode '" + word + "' is not valid, 'bridge' mode is the macvlan driver default"));
            return new Macvlan(own ? "dm-" + networkId.substring(0, 12) : named, own, !internal, mode);
        }
        String word = options.getOrDefault("ipvlan_mode", "");
        IpvlanMode mode = word.isEmpty() ? IpvlanMode.L2 : Arrays.stream(IpvlanMode.values())
                .filter(m -> m.word().equals(word)).findFirst().orElseThrow(() -> EngineException.internal(
                        "requested ipvlan mode '" + word + "' is not valid, 'l2' mode is the ipvlan driver default"));
        String flag = options.getOrDefault("ipvlan_flag", "");
        IpvlanPort.Traffic traffic = flag.isEmpty() ? IpvlanPort.Traffic.BRIDGE : Arrays.stream(IpvlanPort.Traffic.values())
                .filter(t -> t.word().equals(flag)).findFirst().orElseThrow(() -> EngineException.internal(
                        "requested ipvlan flag '" + flag + "' is not valid, 'bridge' is the ipvlan driver default"));
        return new Ipvlan(own ? "di-" + networkId.substring(0, 12) : named, own, !internal && mode == IpvlanMode.L2, mode, traffic);
    }
}
