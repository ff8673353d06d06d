package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.DeviceMaker;
import dev.vethlab.engine.kernel.device.Ipvlan;
import dev.vethlab.engine.kernel.device.IpvlanMode;
import dev.vethlab.engine.kernel.device.IpvlanPort;
import dev.vethlab.engine.kernel.device.Macvlan;
import dev.vethlab.engine.kernel.device.MacvlanMode;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Vlan;
import dev.vethlab.engine.packet.VlanTag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The words after {@code type KIND} of the kinds that are built on another device. */
sealed interface KindOptions permits KindOptions.OfVlan, KindOptions.OfMacvlan, KindOptions.OfIpvlan, VxlanOptions {
    /** Reads them; null if this kind is none of those. */
    static @Nullable KindOptions parse(IpCall call, String kind) {
        return switch (kind) {
            case "vlan" -> new OfVlan(call.arguments());
            case "macvlan" -> new OfMacvlan(call.arguments());
            case "ipvlan" -> new OfIpvlan(call.arguments());
            case "vxlan" -> new VxlanOptions(call);
            default -> null;
        };
    }

    /** What {@code ip link help KIND} prints of a kind; null if this is none that has options here. */
    static @Nullable String usage(String kind) {
        return switch (kind) {
            case "vlan" -> KindUsage.VLAN;
            case "macvlan" -> KindUsage.MACVLAN;
            case "ipvlan" -> KindUsage.IPVLAN;
            case "vxlan" -> KindUsage.VXLAN;
            case "bridge" -> Usage.BRIDGE;
            default -> null;
        };
    }

    /** Makes a device of this kind; {@code lower} is the one after {@code link}. */
    NetDevice make(DeviceMaker maker, String name, @Nullable Long mac, @Nullable NetDevice lower) throws KernelException;

    /** Changes one that is there. @throws KernelException EOPNOTSUPP if it is of another kind */
    void applyTo(NetDevice device) throws KernelException;

    /** The device after {@code link}, which this kind cannot do without. */
    static NetDevice required(@Nullable NetDevice lower) throws KernelException {
        if (lower == null) {
            throw new KernelException(Errno.EINVAL);
        }
        return lower;
    }

    /** {@code iplink_vlan.c}. */
    final class OfVlan implements KindOptions {
        private final boolean none;
        private int id = -1;
        private int protocol = VlanTag.CUSTOMER;
        private @Nullable Boolean reorderHeader;
        private @Nullable Boolean looseBinding;

        OfVlan(Arguments arguments) {
            none = !arguments.hasNext();
            while (arguments.hasNext()) {
                parse(arguments, arguments.next());
            }
        }

        private void parse(Arguments arguments, String word) {
            if (matches(word, "protocol")) {
                String value = arguments.next();
                protocol = switch (value.toLowerCase(java.util.Locale.ROOT)) {
                    case "802.1q" -> VlanTag.CUSTOMER;
                    case "802.1ad" -> VlanTag.SERVICE;
                    default -> throw IpFailure.invalid(value, "protocol is invalid");
                };
            } else if (matches(word, "id")) {
                String value = arguments.next();
                id = (int) Arguments.number(value, 0xFFFF).orElseThrow(() -> IpFailure.invalid(value, "id is invalid"));
            } else if (matches(word, "reorder_hdr")) {
                reorderHeader = arguments.onOff("reorder_hdr");
            } else if (matches(word, "loose_binding")) {
                looseBinding = arguments.onOff("loose_binding");
            } else if (matches(word, "gvrp") || matches(word, "mvrp") || matches(word, "bridge_binding")
                    || matches(word, "ingress-qos-map") || matches(word, "egress-qos-map")) {
                throw new Arguments.NotEmulated("ip link … type vlan " + word + " is not emulated");
            } else {
                throw new IpFailure(1, matches(word, "help") ? KindUsage.VLAN : "vlan: unknown command \"" + word + "\"?\n"
                        + KindUsage.VLAN);
            }
        }

        @Override
        public Vlan make(DeviceMaker maker, String name, @Nullable Long mac, @Nullable NetDevice lower) throws KernelException {
            if (none) {
                throw new KernelException(Errno.EINVAL, "8021q: VLAN properties not specified");
            }
            if (id < 0) {
                throw new KernelException(Errno.EINVAL, "8021q: VLAN id not specified");
            }
            if (lower == null) {
                throw new KernelException(Errno.EINVAL, "8021q: link not specified");
            }
            Vlan vlan = maker.addVlan(name, mac, lower, protocol, id);
            applyTo(vlan);
            return vlan;
        }

        @Override
        public void applyTo(NetDevice device) throws KernelException {
            if (!(device instanceof Vlan vlan)) {
                throw new KernelException(Errno.EOPNOTSUPP);
            }
            if (reorderHeader != null) {
                vlan.setReorderHeader(reorderHeader);
            }
            if (looseBinding != null) {
                vlan.setLooseBinding(looseBinding);
            }
        }
    }

    /** {@code iplink_macvlan.c}. */
    final class OfMacvlan implements KindOptions {
        private @Nullable MacvlanMode mode;

        OfMacvlan(Arguments arguments) {
            while (arguments.hasNext()) {
                parse(arguments, arguments.next());
            }
        }

        private void parse(Arguments arguments, String word) {
            if (matches(word, "mode")) {
                String value = arguments.next();
                if (value.equals("source")) {
                    throw new Arguments.NotEmulated("macvlan mode source is not emulated");
                }
                mode = Arrays.stream(MacvlanMode.values()).filter(m -> m.word().equals(value)).findFirst().orElseThrow(() ->
                        IpFailure.notOneOf("mode", value, "\"private\", \"vepa\", \"bridge\", \"passthru\" or \"source\""));
            } else if (matches(word, "flag") || matches(word, "macaddr") || matches(word, "bcqueuelen") || word.equals("bclim")
                    || word.equals("nopromisc") || word.equals("nodst")) {
                throw new Arguments.NotEmulated("ip link … type macvlan " + word + " is not emulated");
            } else {
                throw new IpFailure(1, matches(word, "help") ? KindUsage.MACVLAN : "macvlan: unknown option \"" + word + "\"?\n"
                        + KindUsage.MACVLAN);
            }
        }

        @Override
        public Macvlan make(DeviceMaker maker, String name, @Nullable Long mac, @Nullable NetDevice lower) throws KernelException {
            return maker.addMacvlan(name, mac, required(lower), mode == null ? MacvlanMode.VEPA : mode);
        }

        @Override
        public void applyTo(NetDevice device) throws KernelException {
            if (!(device instanceof Macvlan macvlan)) {
                throw new KernelException(Errno.EOPNOTSUPP);
            }
            if (mode != null) {
                macvlan.setMode(mode);
            }
        }
    }

    /** {@code iplink_ipvlan.c}. */
    final class OfIpvlan implements KindOptions {
        private @Nullable IpvlanMode mode;
        private IpvlanPort.@Nullable Traffic traffic;

        OfIpvlan(Arguments arguments) {
            while (arguments.hasNext()) {
                parse(arguments, arguments.next());
            }
        }

        private void parse(Arguments arguments, String word) {
            if (matches(word, "mode")) {
                String value = arguments.next();
                mode = Arrays.stream(IpvlanMode.values()).filter(m -> m.word().equals(value)).findFirst().orElseThrow(() ->
                        new IpFailure(1, "Error: argument of \"mode\" must be either \"l2\", \"l3\" or \"l3s\""));
            } else if (matches(word, "private") && traffic == null) {
                traffic = IpvlanPort.Traffic.PRIVATE;
            } else if (matches(word, "vepa") && traffic == null) {
                traffic = IpvlanPort.Traffic.VEPA;
            } else if (matches(word, "bridge")) {
                traffic = traffic == null ? IpvlanPort.Traffic.BRIDGE : traffic;
            } else {
                throw new IpFailure(1, matches(word, "help") ? KindUsage.IPVLAN : "ipvlan: unknown option \"" + word + "\"?\n"
                        + KindUsage.IPVLAN);
            }
        }

        @Override
        public Ipvlan make(DeviceMaker maker, String name, @Nullable Long mac, @Nullable NetDevice lower) throws KernelException {
            return maker.addIpvlan(name, required(lower), mode, traffic);
        }

        @Override
        public void applyTo(NetDevice device) throws KernelException {
            if (!(device instanceof Ipvlan ipvlan)) {
                throw new KernelException(Errno.EOPNOTSUPP);
            }
            if (mode != null) {
                ipvlan.shared().setMode(mode);
            }
            if (traffic != null) {
                ipvlan.shared().setTraffic(traffic);
            }
        }
    }
}
