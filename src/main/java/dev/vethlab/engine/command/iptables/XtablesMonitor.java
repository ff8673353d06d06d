package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Netfilter;
import dev.vethlab.engine.kernel.netfilter.Rule;
import dev.vethlab.engine.kernel.netfilter.RuleListener;
import dev.vethlab.engine.kernel.netfilter.Verdict;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.UdpDatagram;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayDeque;
import java.util.Locale;

/** {@code xtables-monitor --trace}: the way of traced packets through the rules, until a signal ends it. */
final class XtablesMonitor implements RuleListener {
    private static final String VERSION = "xtables-monitor 1.8.13";
    private static final String USAGE = """
            xtables-monitor 1.8.13 (nf_tables)
            Usage: xtables-monitor [ -t | -e ]
                    --trace    -t    trace ruleset traversal of packets tagged via -j TRACE rule
                    --event    -e    show events that modify the ruleset
            Optional arguments:
                    --ipv4     -4    only monitor IPv4
                    --ipv6     -6    only monitor IPv6
            \t--counters -c    show counters in rules
            """;
    /** Beyond this many unread lines the kernel forgets some ({@code ENOBUFS}). */
    private static final int MAX_UNREAD = 4000;
    private static final int[] FLAGS = {
        TcpSegment.CWR, TcpSegment.ECE, TcpSegment.URG, TcpSegment.ACK, TcpSegment.PSH, TcpSegment.RST, TcpSegment.SYN, TcpSegment.FIN
    };
    private static final String[] FLAG_NAMES = {"CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"};

    private final EmulatedProcess self;
    private final WaitQueue changed;
    private final ArrayDeque<String> unread = new ArrayDeque<>();
    private boolean counters;
    private boolean ipv6Only;

    private XtablesMonitor(EmulatedProcess self) {
        this.self = self;
        this.changed = new WaitQueue(self.simulation());
    }

    static int main(EmulatedProcess self) {
        return new XtablesMonitor(self).run();
    }

    private int run() {
        boolean trace = false;
        for (String word : self.arguments().subList(1, self.arguments().size())) {
            switch (word) {
                case "-t", "--trace" -> trace = true;
                case "-4", "--ipv4" -> {}
                case "-6", "--ipv6" -> ipv6Only = true;
                case "-c", "--counters" -> counters = true;
                case "-V", "--version" -> {
                    self.println(VERSION);
                    return 0;
                }
                case "-h", "--help" -> {
                    self.print(USAGE);
                    return 0;
                }
                case "-e", "--event" -> {
                    return Unsupported.answer(self, "xtables-monitor: --event is not emulated");
                }
                default -> {
                    if (word.startsWith("-")) {
                        self.error(VERSION + ": Bad argument.\nTry `xtables-monitor -h' for more information.");
                        return 2;
                    }
                }
            }
        }
        if (!trace) {
            self.print(USAGE);
            return 1;
        }
        return watch();
    }

    private int watch() {
        Netfilter netfilter = self.network().netfilter();
        netfilter.addListener(this);
        self.onExit(() -> netfilter.removeListener(this));
        for (Signal end : new Signal[] {Signal.INT, Signal.TERM}) {
            self.onSignal(end, () -> self.exit(0));
        }
        while (true) {
            self.await(changed, () -> !unread.isEmpty(), EmulatedProcess.FOREVER);
            while (!unread.isEmpty()) {
                self.println(unread.poll());
            }
        }
    }

    private void tell(String line) {
        if (!ipv6Only && unread.size() < MAX_UNREAD) {
            unread.add(line);
            changed.wakeAll();
        }
    }

    /** A number of 32 bits that looks like the kernel's hash of the packet. */
    private static String id(PacketBuffer packet) {
        return String.format(Locale.ROOT, "2 %08x", (int) (packet.id() * 0x9E3779B1L) ^ 0x5BD1E995);
    }

    @Override
    public void packet(PacketBuffer packet, HookPoint at) {
        var line = new StringBuilder("PACKET: ").append(id(packet)).append(' ');
        NetDevice in = at.in(packet);
        NetDevice out = at.out(packet);
        line.append(in == null ? "" : "IN=" + in.name() + " ").append(out == null ? "" : "OUT=" + out.name() + " ");
        EthernetFrame frame = packet.frame();
        if (frame != null) {
            line.append("MACSRC=").append(mac(frame.source())).append(" MACDST=").append(mac(frame.destination())).append(" MACPROTO=0800 ");
        }
        Ipv4Packet ip = packet.ip();
        line.append("SRC=").append(Ipv4.text(ip.source())).append(" DST=").append(Ipv4.text(ip.destination()));
        line.append(" LEN=").append(ip.length()).append(" TOS=0x").append(Integer.toHexString(ip.tos())).append(" TTL=").append(ip.ttl());
        line.append(" ID=").append(ip.id()).append(ip.dontFragment() ? " DF " : " ").append(ip.moreFragments() ? "MF " : "");
        switch (ip.transport()) {
            case TcpSegment tcp -> {
                line.append("SPORT=").append(tcp.sourcePort()).append(" DPORT=").append(tcp.destinationPort()).append(' ');
                for (int i = 0; i < FLAGS.length; i++) {
                    line.append(tcp.has(FLAGS[i]) ? FLAG_NAMES[i] + " " : "");
                }
            }
            case UdpDatagram udp -> line.append("SPORT=").append(udp.sourcePort()).append(" DPORT=").append(udp.destinationPort()).append(' ');
            default -> {}
        }
        tell(line.append(packet.mark == 0 ? "" : "MARK=0x" + Integer.toHexString(packet.mark) + " ").toString());
    }

    private static String mac(long mac) {
        var text = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(text.isEmpty() ? "" : ":").append(Long.toHexString(mac >>> shift & 0xFF));
        }
        return text.toString();
    }

    @Override
    public void matched(PacketBuffer packet, HookPoint at, Rule rule, String verdict) {
        String table = at.table().text();
        String counted = counters ? " -c " + rule.packets() + " " + rule.bytes() : "";
        tell(" TRACE: " + id(packet) + " " + table + ":" + rule.chainName() + ":rule:0x" + Long.toHexString(rule.handle()) + ":" + verdict
                + "  iptables -t " + table + " -A " + rule.chainName() + rule.spec().text(counted));
    }

    @Override
    public void policy(PacketBuffer packet, HookPoint at, Verdict policy) {
        tell(" TRACE: " + id(packet) + " " + at.table().text() + ":" + at.hook() + ":policy:" + policy + " ");
    }
}
