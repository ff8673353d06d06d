package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.device.Ipvlan;
import dev.vethlab.engine.kernel.device.IpvlanPort;
import dev.vethlab.engine.kernel.device.Macvlan;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Vlan;
import dev.vethlab.engine.kernel.device.Vxlan;
import dev.vethlab.engine.kernel.device.VxlanConfig;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.VlanTag;
import java.util.ArrayList;

/** What {@code ip -d link} says of the kinds that are built on others ({@code iplink_vlan.c} and its siblings). */
final class KindPrinter {
    private final Printer out;

    KindPrinter(Printer out) {
        this.out = out;
    }

    void print(NetDevice device) {
        if (device instanceof Vlan vlan) {
            out.openObject("info_data");
            vlan(vlan);
            out.closeObject();
        } else if (device instanceof Macvlan macvlan) {
            out.openObject("info_data");
            out.both("mode", "mode ", macvlan.mode().word(), " ");
            out.both("bcqueuelen", "bcqueuelen ", 1000, " ");
            out.both("usedbcqueuelen", "usedbcqueuelen ", 1000, " ");
            out.closeObject();
        } else if (device instanceof Ipvlan ipvlan) {
            out.openObject("info_data");
            ipvlan(ipvlan.shared());
            out.closeObject();
        } else if (device instanceof Vxlan vxlan) {
            out.openObject("info_data");
            vxlan(vxlan.config());
            out.closeObject();
        }
    }

    private void vlan(Vlan vlan) {
        out.both("protocol", "protocol ", vlan.protocol() == VlanTag.CUSTOMER ? "802.1Q" : "802.1ad", " ");
        out.both("id", "id ", vlan.id(), " ");
        var flags = new ArrayList<String>();
        if (vlan.reordersHeader()) {
            flags.add("REORDER_HDR");
        }
        if (vlan.isLooselyBound()) {
            flags.add("LOOSE_BINDING");
        }
        out.openArray("flags");
        flags.forEach(out::element);
        out.closeArray();
        out.text("<" + String.join(",", flags) + "> ");
    }

    private void ipvlan(IpvlanPort shared) {
        out.both("mode", " mode ", shared.mode().word(), " ");
        out.json(shared.traffic().word(), true);
        out.text(shared.traffic().word() + " ");
    }

    private void vxlan(VxlanConfig config) {
        out.both("id", "id ", config.id(), " ");
        if (config.remote() != 0) {
            String key = Ipv4.isMulticast(config.remote()) ? "group" : "remote";
            out.both(key, key + " ", Ipv4.text(config.remote()), " ");
        }
        if (config.local() != 0) {
            out.both("local", "local ", Ipv4.text(config.local()), " ");
        }
        NetDevice device = config.device();
        if (device != null) {
            out.both("link", "dev ", device.name(), " ");
        }
        out.openObject("port_range").json("low", config.lowPort()).json("high", config.highPort()).closeObject();
        out.text("srcport " + config.lowPort() + " " + config.highPort() + " ");
        out.both("port", "dstport ", config.port(), " ");
        if (config.tos() == 1) {
            out.json("tos", "0x1").text("tos inherit ");
        } else if (config.tos() != 0) {
            out.both("tos", "tos ", String.format("0x%x", config.tos()), " ");
        }
        out.json("ttl", config.ttl()).text("ttl " + (config.ttl() == 0 ? "auto" : Integer.toString(config.ttl())) + " ");
        out.json("df", "unset");
        out.json("ageing", config.ageing()).text(config.ageing() == 0 ? "ageing none " : "ageing " + config.ageing() + " ");
        if (config.limit() != 0) {
            out.both("limit", "maxaddr ", config.limit(), " ");
        }
        out.both("reserved_bits", "reserved_bits ", "0xf7ffffff000000ff", " ");
        flags(config);
    }

    private void flags(VxlanConfig config) {
        out.json("external", false).json("learning", config.learning()).json("proxy", config.proxy()).json("rsc", config.rsc());
        out.json("l2miss", config.l2miss()).json("l3miss", config.l3miss()).json("udp_csum", config.checksum());
        for (String never : new String[] {"udp_zero_csum6_tx", "udp_zero_csum6_rx", "remcsum_tx", "remcsum_rx"}) {
            out.json(never, false);
        }
        out.json("localbypass", true);
        out.text((config.learning() ? "" : "nolearning ") + (config.proxy() ? "proxy " : "") + (config.rsc() ? "rsc " : "")
                + (config.l2miss() ? "l2miss " : "") + (config.l3miss() ? "l3miss " : "") + (config.checksum() ? "" : "noudp_csum "));
    }
}
