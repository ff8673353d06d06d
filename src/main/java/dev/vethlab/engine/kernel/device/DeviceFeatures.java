package dev.vethlab.engine.kernel.device;

import static dev.vethlab.engine.kernel.device.DeviceFeature.ALL_TSO;
import static dev.vethlab.engine.kernel.device.DeviceFeature.FRAGLIST;
import static dev.vethlab.engine.kernel.device.DeviceFeature.FSO;
import static dev.vethlab.engine.kernel.device.DeviceFeature.GRO;
import static dev.vethlab.engine.kernel.device.DeviceFeature.GRO_FRAGLIST;
import static dev.vethlab.engine.kernel.device.DeviceFeature.GRO_UDP_FWD;
import static dev.vethlab.engine.kernel.device.DeviceFeature.GSO;
import static dev.vethlab.engine.kernel.device.DeviceFeature.GSO_ENCAP_ALL;
import static dev.vethlab.engine.kernel.device.DeviceFeature.GSO_ESP;
import static dev.vethlab.engine.kernel.device.DeviceFeature.GSO_PARTIAL;
import static dev.vethlab.engine.kernel.device.DeviceFeature.GSO_ROBUST;
import static dev.vethlab.engine.kernel.device.DeviceFeature.GSO_SOFTWARE;
import static dev.vethlab.engine.kernel.device.DeviceFeature.GSO_TUNNEL_REMCSUM;
import static dev.vethlab.engine.kernel.device.DeviceFeature.GSO_UDP_L4;
import static dev.vethlab.engine.kernel.device.DeviceFeature.HIGHDMA;
import static dev.vethlab.engine.kernel.device.DeviceFeature.HW_CSUM;
import static dev.vethlab.engine.kernel.device.DeviceFeature.HW_VLAN_CTAG_RX;
import static dev.vethlab.engine.kernel.device.DeviceFeature.HW_VLAN_CTAG_TX;
import static dev.vethlab.engine.kernel.device.DeviceFeature.HW_VLAN_STAG_RX;
import static dev.vethlab.engine.kernel.device.DeviceFeature.HW_VLAN_STAG_TX;
import static dev.vethlab.engine.kernel.device.DeviceFeature.LOOPBACK;
import static dev.vethlab.engine.kernel.device.DeviceFeature.NOCACHE_COPY;
import static dev.vethlab.engine.kernel.device.DeviceFeature.RXCSUM;
import static dev.vethlab.engine.kernel.device.DeviceFeature.SCTP_CRC;
import static dev.vethlab.engine.kernel.device.DeviceFeature.SG;
import static dev.vethlab.engine.kernel.device.DeviceFeature.TSO;
import static dev.vethlab.engine.kernel.device.DeviceFeature.TSO6;
import static dev.vethlab.engine.kernel.device.DeviceFeature.TSO_ECN;
import static dev.vethlab.engine.kernel.device.DeviceFeature.TSO_MANGLEID;
import static dev.vethlab.engine.kernel.device.DeviceFeature.VLAN_CHALLENGED;

import dev.vethlab.engine.kernel.bridge.BridgePort;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The features of one device ({@code dev->features}, {@code hw_features} and {@code wanted_features}): what is wanted of it, and what
 * comes of that. Segments are emulated one by one, so that no packet shows a difference.
 */
public final class DeviceFeatures {
    /** What the kernel itself can turn on for any device ({@code NETIF_F_SOFT_FEATURES} and {@code _OFF}). */
    private static final Set<DeviceFeature> SOFT_OFF = EnumSet.of(GRO_FRAGLIST, GRO_UDP_FWD);

    private static final Set<DeviceFeature> VETH = union(GSO_SOFTWARE, GSO_ENCAP_ALL,
            EnumSet.of(SG, FRAGLIST, HW_CSUM, RXCSUM, SCTP_CRC, HIGHDMA, GSO, HW_VLAN_CTAG_TX, HW_VLAN_CTAG_RX, HW_VLAN_STAG_TX,
                    HW_VLAN_STAG_RX));
    private static final Set<DeviceFeature> BRIDGE = union(GSO_SOFTWARE, GSO_ENCAP_ALL,
            EnumSet.of(SG, FRAGLIST, HW_CSUM, HIGHDMA, GSO, GRO, GSO_ROBUST, FSO, GSO_PARTIAL, GSO_TUNNEL_REMCSUM, GSO_ESP,
                    HW_VLAN_CTAG_TX, HW_VLAN_STAG_TX));
    private static final Set<DeviceFeature> LOOPBACK_SOFT = union(GSO_SOFTWARE, EnumSet.of(GSO, GRO));
    private static final Set<DeviceFeature> LOOPBACK_FIXED =
            EnumSet.of(SG, FRAGLIST, HW_CSUM, RXCSUM, SCTP_CRC, HIGHDMA, VLAN_CHALLENGED, LOOPBACK);

    /** {@code NETIF_F_ONE_FOR_ALL}: a bridge has them if one of its ports does. */
    private static final Set<DeviceFeature> ONE_FOR_ALL = union(GSO_SOFTWARE, EnumSet.of(GSO_ROBUST, SG, HIGHDMA, FRAGLIST));

    /** {@code NETIF_F_ALL_FOR_ALL}: a bridge has them if all its ports do. */
    private static final Set<DeviceFeature> ALL_FOR_ALL = EnumSet.of(NOCACHE_COPY, FSO);

    private static final Set<DeviceFeature> NONE = EnumSet.noneOf(DeviceFeature.class);

    private final NetDevice device;
    private final Set<DeviceFeature> changeable;
    private final Set<DeviceFeature> fixed;
    private final Set<DeviceFeature> wanted;

    private DeviceFeatures(NetDevice device, Set<DeviceFeature> on, Set<DeviceFeature> off, Set<DeviceFeature> fixed) {
        this.device = device;
        this.changeable = union(on, off, SOFT_OFF);
        this.fixed = fixed;
        this.wanted = union(on, fixed);
    }

    /** Those of a new device; null for a kind of which they are not known. */
    static @Nullable DeviceFeatures of(NetDevice device) {
        return switch (device) {
            case Veth veth -> new DeviceFeatures(device, VETH, EnumSet.of(GRO, NOCACHE_COPY), NONE);
            case EthernetCard card -> new DeviceFeatures(device, VETH, EnumSet.of(GRO, NOCACHE_COPY), NONE);
            case Bridge bridge -> new DeviceFeatures(device, BRIDGE, EnumSet.of(NOCACHE_COPY), NONE);
            case Loopback lo -> new DeviceFeatures(device, LOOPBACK_SOFT, NONE, LOOPBACK_FIXED);
            default -> null;
        };
    }

    /** Whether {@code ethtool -K} can change it: {@code [fixed]} if not. */
    public boolean canChange(DeviceFeature feature) {
        return changeable.contains(feature);
    }

    public boolean wants(DeviceFeature feature) {
        return wanted.contains(feature);
    }

    /** Asks for a feature or for none of it; without effect where it cannot change. */
    public void want(DeviceFeature feature, boolean on) {
        if (changeable.contains(feature)) {
            if (on) {
                wanted.add(feature);
            } else {
                wanted.remove(feature);
            }
        }
    }

    /** What it does just now ({@code __netdev_update_features}). */
    public Set<DeviceFeature> active() {
        var features = union(wanted);
        if (device instanceof Bridge bridge) {
            likePorts(features, bridge.forwarding().ports());
        }
        if (!features.contains(SG)) {
            features.removeAll(ALL_TSO);
            features.remove(GSO);
        }
        if (!features.contains(HW_CSUM)) {
            features.removeAll(ALL_TSO);
            features.remove(GSO_UDP_L4);
        }
        if (!features.contains(TSO)) {
            features.remove(TSO_MANGLEID);
            if (!features.contains(TSO6)) {
                features.remove(TSO_ECN);
            }
        }
        return features;
    }

    /** {@code br_features_recompute}. */
    private static void likePorts(Set<DeviceFeature> features, List<BridgePort> ports) {
        if (ports.isEmpty()) {
            return;
        }
        var asked = union(features);
        features.removeAll(ONE_FOR_ALL);
        for (BridgePort port : ports) {
            DeviceFeatures its = port.device().features();
            Set<DeviceFeature> one = its == null ? NONE : its.active();
            one.stream().filter(asked::contains).filter(ONE_FOR_ALL::contains).forEach(features::add);
            features.removeIf(feature -> ALL_FOR_ALL.contains(feature) && !one.contains(feature));
        }
        ALL_TSO.stream().filter(asked::contains).forEach(features::add);
        features.remove(FSO);
    }

    @SafeVarargs
    private static EnumSet<DeviceFeature> union(Set<DeviceFeature>... sets) {
        var all = EnumSet.noneOf(DeviceFeature.class);
        for (Set<DeviceFeature> set : sets) {
            all.addAll(set);
        }
        return all;
    }
}
