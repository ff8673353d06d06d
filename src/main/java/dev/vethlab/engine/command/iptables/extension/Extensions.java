package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.NotrackTarget;
import dev.vethlab.engine.kernel.netfilter.target.StandardTarget;
import dev.vethlab.engine.kernel.netfilter.target.TraceTarget;
import dev.vethlab.engine.packet.IpProtocol;
import org.jspecify.annotations.Nullable;

/** All matches and targets by name. */
public final class Extensions {
    private Extensions() {}

    /** The match of this name; null if there is none such. */
    public static @Nullable MatchExtension match(String name) {
        return switch (name) {
            case "tcp" -> new PortExtension(IpProtocol.TCP);
            case "udp" -> new PortExtension(IpProtocol.UDP);
            case "icmp" -> new IcmpExtension();
            case "conntrack" -> new ConntrackExtension();
            case "addrtype" -> new AddrTypeExtension();
            case "comment" -> new CommentExtension();
            case "multiport" -> new MultiportExtension();
            case "state" -> new StateExtension();
            case "mark" -> new MarkExtension();
            case "connmark" -> new ConnmarkExtension();
            case "limit" -> new LimitExtension();
            case "hashlimit" -> new HashLimitExtension();
            case "mac" -> new MacExtension();
            case "physdev" -> new PhysdevExtension();
            case "owner" -> new OwnerExtension();
            case "length" -> new LengthExtension();
            case "ttl" -> new TtlMatchExtension();
            case "statistic" -> new StatisticExtension();
            case "iprange" -> new IpRangeExtension();
            case "set" -> new SetExtension();
            case "string" -> new StringExtension();
            case "u32" -> new U32Extension();
            case "recent" -> new RecentExtension();
            case "connlimit" -> new ConnlimitExtension();
            case "dscp" -> new DscpExtension();
            case "tos" -> new TosExtension();
            case "pkttype" -> new PacketTypeExtension();
            case "quota" -> new QuotaExtension();
            case "cpu" -> new CpuExtension();
            case "tcpmss" -> new TcpMssExtension();
            case "rpfilter" -> new RpFilterExtension();
            case "connbytes" -> new ConnbytesExtension();
            case "time" -> new TimeExtension();
            case "ecn" -> new EcnExtension();
            case "sctp" -> new SctpExtension();
            case "esp" -> new SpiExtension(IpProtocol.ESP);
            case "ah" -> new SpiExtension(IpProtocol.AH);
            case "realm" -> new RealmExtension();
            case "helper" -> new HelperExtension();
            case "policy" -> new PolicyExtension();
            case "devgroup" -> new DevGroupExtension();
            default -> null;
        };
    }

    /** The target of this name; null if there is none such, so that it can only be a chain. */
    public static @Nullable TargetExtension target(String name) {
        return switch (name) {
            case "ACCEPT" -> new StandardExtension(StandardTarget.ACCEPT);
            case "DROP" -> new StandardExtension(StandardTarget.DROP);
            case "RETURN" -> new StandardExtension(StandardTarget.RETURN);
            case "REJECT" -> new RejectExtension();
            case "LOG" -> new LogExtension();
            case "MARK" -> new MarkTargetExtension();
            case "DNAT" -> new NatExtension(NatExtension.Kind.DNAT);
            case "SNAT" -> new NatExtension(NatExtension.Kind.SNAT);
            case "MASQUERADE" -> new NatExtension(NatExtension.Kind.MASQUERADE);
            case "CONNMARK" -> new ConnmarkTargetExtension();
            case "TTL" -> new TtlTargetExtension();
            case "TCPMSS" -> new TcpMssTargetExtension();
            case "NETMAP" -> new NetmapExtension();
            case "DSCP" -> new DscpTargetExtension();
            case "TOS" -> new TosTargetExtension();
            case "CHECKSUM" -> new ChecksumExtension();
            case "NFLOG" -> new NflogExtension();
            case "CLASSIFY" -> new ClassifyExtension();
            case "TRACE" -> new StandardExtension(new TraceTarget());
            case "NOTRACK" -> new StandardExtension(new NotrackTarget(true));
            case "CT" -> new CtExtension();
            case "SET" -> new SetTargetExtension();
            case "REDIRECT" -> new NatExtension(NatExtension.Kind.REDIRECT);
            default -> null;
        };
    }

    /** What to say about a match that exists in reality, not here; null for others. */
    public static @Nullable String unsupportedMatch(String name) {
        return " bpf cgroup cluster connlabel dccp ipcomp ipvs nfacct osf rateest socket "
                        .contains(" " + name + " ")
                ? "iptables: match '" + name + "' is not emulated"
                : null;
    }

    /** What to say about a target that exists in reality, not here; null for others. */
    public static @Nullable String unsupportedTarget(String name) {
        return (" AUDIT CLUSTERIP CONNSECMARK ECN HMARK IDLETIMER LED NFQUEUE QUEUE RATEEST SECMARK SYNPROXY "
                        + "TCPOPTSTRIP TEE TPROXY ULOG ").contains(" " + name + " ")
                ? "iptables: target '" + name + "' is not emulated"
                : null;
    }
}
