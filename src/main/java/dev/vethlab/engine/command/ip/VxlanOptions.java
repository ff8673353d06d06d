package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.DeviceMaker;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Vxlan;
import dev.vethlab.engine.kernel.device.VxlanConfig;
import dev.vethlab.engine.packet.Ipv4;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words after {@code type vxlan} ({@code iplink_vxlan.c}). */
final class VxlanOptions implements KindOptions {
    private static final int MAX_ID = (1 << 24) - 1;

    private final IpCall call;
    private final Arguments arguments;
    private final Set<String> given = new LinkedHashSet<>();
    private int id = -1;
    private int remote;
    private boolean group;
    private int local;
    private @Nullable NetDevice device;
    private int port = -1;
    private int lowPort;
    private int highPort;
    private int ttl;
    private int tos;
    private int ageing = VxlanConfig.DEFAULT_AGEING;
    private int limit;
    private boolean learning = true;
    private boolean proxy;
    private boolean rsc;
    private boolean l2miss;
    private boolean l3miss;
    private boolean checksum = true;

    VxlanOptions(IpCall call) {
        this.call = call;
        this.arguments = call.arguments();
        while (arguments.hasNext()) {
            parse(arguments.next());
        }
    }

    private void parse(String word) {
        given.add(word);
        switch (word) {
            case "id", "vni" -> id = number(MAX_ID, "invalid id");
            case "group" -> {
                remote = address("invalid group address", true);
                group = true;
            }
            case "remote" -> remote = address("invalid remote address", false);
            case "local" -> local = address("invalid local address", false);
            case "dev" -> device = existing(arguments.next());
            case "ttl", "hoplimit" -> ttl();
            case "tos", "dsfield" -> {
                String value = arguments.next();
                tos = value.equals("inherit") ? 1 : (int) Arguments.number(value, 255).orElseThrow(() ->
                        IpFailure.invalid(value, "invalid TOS value"));
            }
            case "ageing" -> ageing = arguments.take("none") ? 0 : number(Integer.MAX_VALUE, "ageing timer");
            case "maxaddress" -> limit = arguments.take("unlimited") ? 0 : number(Integer.MAX_VALUE, "max addresses");
            case "port", "srcport" -> {
                lowPort = number(0xFFFF, "min port");
                highPort = number(0xFFFF, "max port");
            }
            case "dstport" -> port = number(0xFFFF, "dst port");
            case "learning", "nolearning" -> learning = word.equals("learning");
            case "proxy", "noproxy" -> proxy = word.equals("proxy");
            case "rsc", "norsc" -> rsc = word.equals("rsc");
            case "l2miss", "nol2miss" -> l2miss = word.equals("l2miss");
            case "l3miss", "nol3miss" -> l3miss = word.equals("l3miss");
            case "udpcsum", "noudpcsum" -> checksum = word.equals("udpcsum");
            case "noexternal" -> {}
            case "df", "flowlabel", "label", "reserved_bits", "udp6zerocsumtx", "noudp6zerocsumtx", "udp6zerocsumrx", "noudp6zerocsumrx",
                    "remcsumtx", "noremcsumtx", "remcsumrx", "noremcsumrx", "external", "gbp", "gpe", "localbypass", "nolocalbypass",
                    "vnifilter", "novnifilter", "mcroute", "nomcroute" ->
                    throw new Arguments.NotEmulated("ip link … type vxlan " + word + " is not emulated");
            default -> throw new IpFailure(1, matches(word, "help") ? KindUsage.VXLAN : "vxlan: unknown command \"" + word + "\"?\n"
                    + KindUsage.VXLAN);
        }
    }

    private void ttl() {
        String value = arguments.next();
        switch (value) {
            case "auto" -> ttl = 0;
            case "inherit" -> throw new Arguments.NotEmulated("ip link … type vxlan ttl inherit is not emulated");
            default -> ttl = (int) Arguments.number(value, 255).orElseThrow(() -> IpFailure.invalid(value, "invalid TTL"));
        }
    }

    private int number(int max, String complaint) {
        String value = arguments.next();
        return (int) Arguments.number(value, max).orElseThrow(() -> IpFailure.invalid(value, complaint));
    }

    private int address(String complaint, boolean toGroup) {
        String value = arguments.next();
        Arguments.refuseIpv6(value);
        int address = Arguments.address(value).orElseThrow(() ->
                new IpFailure(1, "Error: any valid address is expected rather than \"" + value + "\"."));
        if (address == 0 || Ipv4.isMulticast(address) != toGroup) {
            throw IpFailure.invalid(value, complaint);
        }
        return address;
    }

    private NetDevice existing(String name) {
        NetDevice found = call.network().devices().find(name);
        if (found == null) {
            throw new IpFailure(255, "Cannot find device \"" + name + "\"");
        }
        return found;
    }

    /** What {@code vxlan_parse_opt} checks at its end; called before the request is sent. */
    void complete() {
        if (given.contains("group") && given.contains("remote")) {
            throw new IpFailure(1, "vxlan: both group and remote cannot be specified");
        }
        if (id < 0) {
            throw new IpFailure(2, "Error: Required attributes not provided to perform the operation.");
        }
        if (group && device == null) {
            throw new IpFailure(1, "vxlan: 'group' requires 'dev' to be specified");
        }
        if (port < 0) {
            call.self().error("vxlan: destination port not specified\nWill use Linux kernel default (non-standard value)\n"
                    + "Use 'dstport 4789' to get the IANA assigned value\nUse 'dstport 0' to get default and quiet this message");
        }
    }

    @Override
    public Vxlan make(DeviceMaker maker, String name, @Nullable Long mac, @Nullable NetDevice lower) throws KernelException {
        return maker.addVxlan(name, mac, new VxlanConfig(id, remote, local, device, port <= 0 ? VxlanConfig.LINUX_PORT : port, lowPort,
                highPort, ttl, tos, ageing, limit, learning, proxy, rsc, l2miss, l3miss, checksum));
    }

    /** {@code vxlan_nl2conf} with {@code changelink}. */
    @Override
    public void applyTo(NetDevice other) throws KernelException {
        if (!(other instanceof Vxlan vxlan)) {
            throw new KernelException(Errno.EOPNOTSUPP);
        }
        VxlanConfig now = vxlan.config();
        if (id >= 0 && id != now.id()) {
            throw new KernelException(Errno.EOPNOTSUPP, "Cannot change VNI");
        }
        if (port >= 0 && port != now.port()) {
            throw new KernelException(Errno.EOPNOTSUPP, "Cannot change port number");
        }
        for (String word : given) {
            if (!java.util.List.of("id", "vni", "dstport", "ageing", "learning", "nolearning", "maxaddress").contains(word)) {
                throw new Arguments.NotEmulated("ip link set … type vxlan " + word + " is not emulated");
            }
        }
        boolean learns = given.contains("learning") || given.contains("nolearning") ? learning : now.learning();
        vxlan.setConfig(new VxlanConfig(now.id(), now.remote(), now.local(), now.device(), now.port(), now.lowPort(), now.highPort(),
                now.ttl(), now.tos(), given.contains("ageing") ? ageing : now.ageing(), given.contains("maxaddress") ? limit : now.limit(),
                learns, now.proxy(), now.rsc(), now.l2miss(), now.l3miss(), now.checksum()));
    }
}
