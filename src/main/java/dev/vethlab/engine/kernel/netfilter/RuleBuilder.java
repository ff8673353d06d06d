package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.kernel.conntrack.NatRange;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch.Address;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch.Interface;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch.Protocol;
import dev.vethlab.engine.kernel.netfilter.match.AddrTypeMatch;
import dev.vethlab.engine.kernel.netfilter.match.CommentMatch;
import dev.vethlab.engine.kernel.netfilter.match.ConntrackMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.PortRange;
import dev.vethlab.engine.kernel.netfilter.match.TcpMatch;
import dev.vethlab.engine.kernel.netfilter.match.UdpMatch;
import dev.vethlab.engine.kernel.netfilter.target.DnatTarget;
import dev.vethlab.engine.kernel.netfilter.target.JumpTarget;
import dev.vethlab.engine.kernel.netfilter.target.MasqueradeTarget;
import dev.vethlab.engine.kernel.netfilter.target.NoTarget;
import dev.vethlab.engine.kernel.netfilter.target.SnatTarget;
import dev.vethlab.engine.kernel.netfilter.target.StandardTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a {@link RuleSpec} in code, in the order of {@code iptables}'s options; ends with the target. */
public final class RuleBuilder {
    private @Nullable Address source;
    private @Nullable Address destination;
    private @Nullable Interface in;
    private @Nullable Interface out;
    private @Nullable Protocol protocol;
    private final List<Match> matches = new ArrayList<>(2);

    /** {@code -s}; {@code cidr} is an address or {@code address/length}. */
    public RuleBuilder source(String cidr) {
        source = address(cidr, false);
        return this;
    }

    public RuleBuilder notSource(String cidr) {
        source = address(cidr, true);
        return this;
    }

    /** {@code -d}. */
    public RuleBuilder destination(String cidr) {
        destination = address(cidr, false);
        return this;
    }

    public RuleBuilder notDestination(String cidr) {
        destination = address(cidr, true);
        return this;
    }

    /** {@code -i}. */
    public RuleBuilder in(String device) {
        in = new Interface(device, false);
        return this;
    }

    public RuleBuilder notIn(String device) {
        in = new Interface(device, true);
        return this;
    }

    /** {@code -o}. */
    public RuleBuilder out(String device) {
        out = new Interface(device, false);
        return this;
    }

    public RuleBuilder notOut(String device) {
        out = new Interface(device, true);
        return this;
    }

    /** {@code -p}; see {@link IpProtocol}. */
    public RuleBuilder protocol(int number) {
        protocol = new Protocol(number, false);
        return this;
    }

    /** {@code -p tcp -m tcp --dport}, or udp. */
    public RuleBuilder destinationPort(int protocolNumber, int port) {
        protocol(protocolNumber);
        return match(ports(protocolNumber, null, PortRange.of(port)));
    }

    /** {@code -p tcp -m tcp --sport}, or udp. */
    public RuleBuilder sourcePort(int protocolNumber, int port) {
        protocol(protocolNumber);
        return match(ports(protocolNumber, PortRange.of(port), null));
    }

    /** {@code -m conntrack --ctstate RELATED,ESTABLISHED}. */
    public RuleBuilder relatedOrEstablished() {
        return match(ConntrackMatch.states(ConntrackMatch.RELATED | ConntrackMatch.ESTABLISHED));
    }

    /** {@code -m addrtype --dst-type LOCAL}. */
    public RuleBuilder destinationIsLocal() {
        return match(AddrTypeMatch.destination(RouteType.LOCAL));
    }

    /** {@code -m comment --comment}. */
    public RuleBuilder comment(String text) {
        return match(new CommentMatch(text));
    }

    public RuleBuilder match(Match match) {
        matches.add(match);
        return this;
    }

    public RuleSpec accept() {
        return target(StandardTarget.ACCEPT);
    }

    public RuleSpec drop() {
        return target(StandardTarget.DROP);
    }

    public RuleSpec returns() {
        return target(StandardTarget.RETURN);
    }

    /** {@code -j CHAIN}. */
    public RuleSpec jump(String chain) {
        return target(new JumpTarget(chain, false));
    }

    /** {@code -j MASQUERADE}. */
    public RuleSpec masquerade() {
        return target(new MasqueradeTarget(NatRange.ANY));
    }

    /** {@code -j DNAT --to-destination address:port}; port 0 leaves it. */
    public RuleSpec dnat(int address, int port) {
        return target(new DnatTarget(NatRange.of(address, port)));
    }

    /** {@code -j SNAT --to-source address:port}; port 0 leaves it. */
    public RuleSpec snat(int address, int port) {
        return target(new SnatTarget(NatRange.of(address, port)));
    }

    /** A rule that only counts. */
    public RuleSpec count() {
        return target(new NoTarget());
    }

    public RuleSpec target(Target target) {
        return new RuleSpec(new HeaderMatch(source, destination, in, out, protocol, null), List.copyOf(matches), target);
    }

    private static Match ports(int protocol, @Nullable PortRange source, @Nullable PortRange destination) {
        return protocol == IpProtocol.UDP ? new UdpMatch(source, destination) : new TcpMatch(source, destination, null, null);
    }

    private static Address address(String cidr, boolean inverted) {
        int slash = cidr.indexOf('/');
        int mask = slash < 0 ? -1 : Ipv4.mask(Integer.parseInt(cidr.substring(slash + 1)));
        return new Address(Ipv4.address(slash < 0 ? cidr : cidr.substring(0, slash)) & mask, mask, inverted);
    }
}
