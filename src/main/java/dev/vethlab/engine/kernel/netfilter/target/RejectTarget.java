package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.Icmp;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.netfilter.Verdict;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4Packet;

/** {@code -j REJECT}: drops, and says so to the sender ({@code nf_reject_ipv4.c}). */
public record RejectTarget(With with) implements Target {
    /** {@code --reject-with}. */
    public enum With {
        ICMP_NET_UNREACHABLE("icmp-net-unreachable", "net-unreach", IcmpMessage.NET_UNREACHABLE),
        ICMP_HOST_UNREACHABLE("icmp-host-unreachable", "host-unreach", IcmpMessage.HOST_UNREACHABLE),
        ICMP_PROTO_UNREACHABLE("icmp-proto-unreachable", "proto-unreach", IcmpMessage.PROTOCOL_UNREACHABLE),
        ICMP_PORT_UNREACHABLE("icmp-port-unreachable", "port-unreach", IcmpMessage.PORT_UNREACHABLE),
        ICMP_NET_PROHIBITED("icmp-net-prohibited", "net-prohib", IcmpMessage.NET_PROHIBITED),
        ICMP_HOST_PROHIBITED("icmp-host-prohibited", "host-prohib", IcmpMessage.HOST_PROHIBITED),
        TCP_RESET("tcp-reset", "tcp-rst", -1),
        ICMP_ADMIN_PROHIBITED("icmp-admin-prohibited", "admin-prohib", IcmpMessage.ADMIN_PROHIBITED);

        private final String text;
        private final String alias;
        private final int code;

        With(String text, String alias, int code) {
            this.text = text;
            this.alias = alias;
            this.code = code;
        }

        public String text() {
            return text;
        }

        /** The short name that is understood, too. */
        public String alias() {
            return alias;
        }
    }

    @Override
    public String name() {
        return "REJECT";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        if (with == With.TCP_RESET) {
            TcpReset.send(packet, at);
        } else if (!isPart(packet.ip())) {
            Icmp.sendError(at.namespace(), packet, IcmpMessage.DESTINATION_UNREACHABLE, with.code, 0);
        }
        return Verdict.DROP;
    }

    /** Whether it is a fragment whose checksum, which is the whole datagram's, seems wrong ({@code nf_send_unreach}). */
    private static boolean isPart(Ipv4Packet ip) {
        return ip.isFragment() && switch (ip.protocol()) {
            case IpProtocol.ICMP, IpProtocol.TCP, IpProtocol.UDP -> true;
            default -> false;
        };
    }

    @Override
    public void save(StringBuilder out) {
        out.append(" --reject-with ").append(with.text);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" reject-with ").append(with.text);
    }

    @Override
    public boolean allowedIn(TableName table) {
        return table == TableName.FILTER;
    }

    /** A reset answers TCP only. */
    @Override
    public boolean allowedFor(HeaderMatch header) {
        return with != With.TCP_RESET || header.isOnly(IpProtocol.TCP);
    }

    @Override
    public boolean allowedAt(Hook hook) {
        return hook == Hook.INPUT || hook == Hook.FORWARD || hook == Hook.OUTPUT;
    }
}
