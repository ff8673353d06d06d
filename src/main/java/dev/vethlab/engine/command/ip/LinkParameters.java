package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.LinkFlag;
import dev.vethlab.engine.kernel.device.NetDevice;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words that {@code ip link add}, {@code set} and {@code peer} have in common ({@code iplink_parse}). */
final class LinkParameters {
    /** Keywords that may be abbreviated, in the order in which they are tried; all others are written out. */
    private static final List<String> ABBREVIATED = List.of(
            "link",
            "address",
            "broadcast",
            "txqueuelen",
            "txqlen",
            "master",
            "nomaster",
            "dynamic",
            "type",
            "alias",
            "numtxqueues",
            "numrxqueues",
            "addrgenmode",
            "link-netns",
            "link-netnsid");

    private final IpCall call;
    private final Arguments arguments;
    final boolean adding;
    @Nullable String device;
    @Nullable String name;
    @Nullable String kind;
    @Nullable Boolean up;
    @Nullable Long mac;
    int mtu = -1;
    int index;
    long txQueueLength = -1;
    @Nullable NetworkNamespace namespace;
    @Nullable String alias;
    int group = -1;
    @Nullable NetDevice lower;
    @Nullable NetDevice master;
    boolean noMaster;
    @Nullable Boolean carrier;
    @Nullable Boolean protodown;
    final Map<LinkFlag, Boolean> flags = new EnumMap<>(LinkFlag.class);

    LinkParameters(IpCall call, boolean adding) {
        this.call = call;
        this.arguments = call.arguments();
        this.adding = adding;
    }

    /** Reads up to {@code type}, which it takes with its value, or to the end. */
    void parse() {
        while (arguments.hasNext()) {
            String word = arguments.next();
            String keyword = keyword(word);
            if (keyword.equals("type")) {
                kind = arguments.next();
                return;
            }
            parse(keyword, word);
        }
    }

    /** What {@code word} stands for; itself if it abbreviates nothing. */
    private static String keyword(String word) {
        return ABBREVIATED.stream().filter(keyword -> matches(word, keyword)).findFirst().orElse(word);
    }

    private void parse(String keyword, String word) {
        switch (keyword) {
            case "up" -> up = true;
            case "down" -> up = false;
            case "name" -> name = interfaceName(arguments.next());
            case "index" -> index = (int) arguments.unsigned("Invalid \"index\" value");
            case "mtu" -> mtu = (int) arguments.unsigned("Invalid \"mtu\" value\n");
            case "txqueuelen", "txqlen", "qlen" -> txQueueLength = queueLength(arguments.next());
            case "netns" -> namespace = namespace(arguments.next());
            case "multicast" -> flags.put(LinkFlag.MULTICAST, arguments.onOff("multicast"));
            case "allmulticast" -> flags.put(LinkFlag.ALLMULTI, arguments.onOff("allmulticast"));
            case "promisc" -> flags.put(LinkFlag.PROMISC, arguments.onOff("promisc"));
            case "trailers" -> flags.put(LinkFlag.NOTRAILERS, !arguments.onOff("trailers"));
            case "arp" -> flags.put(LinkFlag.NOARP, !arguments.onOff("arp"));
            case "dynamic" -> flags.put(LinkFlag.DYNAMIC, arguments.onOff("dynamic"));
            case "carrier" -> carrier = arguments.onOff("carrier");
            // with a device it is the device's new group, without one it names all devices of the group
            case "group" -> group = DeviceFilter.group(arguments.next());
            case "link" -> lower = call.device(arguments.next());
            case "master" -> master = existing(arguments.next());
            case "nomaster" -> noMaster = true;
            case "state", "mode", "addrgenmode", "numtxqueues", "numrxqueues" -> arguments.next();
            case "protodown" -> protodown = arguments.oneOfOffOn("protodown", 22);
            case "vf", "vrf", "xdp", "xdpgeneric", "xdpdrv", "xdpoffload", "link-netns", "link-netnsid", "parentdev", "gso_max_size",
                    "gso_max_segs", "gro_max_size", "gso_ipv4_max_size", "gro_ipv4_max_size", "protodown_reason", "inet" ->
                    throw new Arguments.NotEmulated("ip link … " + word + " is not emulated");
            case "address" -> mac = arguments.linkAddress();
            case "alias" -> alias = arguments.next();
            case "broadcast", "brd" -> {
                Arguments.linkOctets(arguments.next());
                if (device == null && !arguments.hasNext()) {
                    throw new IpFailure(255, "Not enough information: \"dev\" argument is required.");
                }
                throw new Arguments.NotEmulated("ip link … broadcast is not emulated");
            }
            default -> device(word);
        }
    }

    private void device(String word) {
        if (!word.equals("dev") && matches(word, "help")) {
            throw new IpFailure(255, Usage.LINK);
        }
        String value = word.equals("dev") ? arguments.next() : word;
        if (device != null) {
            throw IpFailure.garbage("dev", value);
        }
        if (value.isEmpty()) {
            throw IpFailure.invalid(value, "\"dev\" not a valid ifname");
        }
        device = value;
    }

    private NetDevice existing(String value) {
        NetDevice found = call.network().devices().find(value);
        if (found == null) {
            throw IpFailure.invalid(value, "Device does not exist\n");
        }
        return call.device(value);
    }

    private NetworkNamespace namespace(String value) {
        NetworkNamespace found = NamedNamespaces.find(call.self(), value);
        if (found == null) {
            throw IpFailure.invalid(value, "Invalid \"netns\" value\n");
        }
        return found;
    }

    private static long queueLength(String value) {
        if (value.equals("-1")) {
            return 0xFFFFFFFFL;
        }
        return Arguments.number(value, 0xFFFFFFFFL).orElseThrow(() -> IpFailure.invalid(value, "Invalid \"txqueuelen\" value\n"));
    }

    /** {@code check_ifname}: what cannot be a name is not even sent to the kernel. */
    private static String interfaceName(String value) {
        boolean valid = !value.isEmpty() && value.length() <= 15
                && value.chars().noneMatch(c -> c == '/' || Character.isWhitespace(c));
        if (!valid) {
            throw IpFailure.invalid(value, "\"name\" not a valid ifname");
        }
        return value;
    }
}
