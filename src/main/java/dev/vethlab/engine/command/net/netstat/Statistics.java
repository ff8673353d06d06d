package dev.vethlab.engine.command.net.netstat;

import dev.vethlab.engine.kernel.Counters.Counter;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.SnmpFile;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code netstat -s}: the kernel's counters in words ({@code statistics.c}). Of TcpExt only what is counted here is told. */
final class Statistics {
    private static final int INDENT = 4;
    /** By group and counter: {@code =} is always told, {@code ?} if it is not 0, {@code -} never, {@code #} begins a histogram. */
    private static final Map<String, String> WORDS = new LinkedHashMap<>();
    private static final String HISTOGRAM = "DestUnreachs~?destination unreachable: N~TimeExcds~?T: N~ParmProbs~?wrong parameters: N~"
            + "SrcQuenchs~?Q: N~Redirects~?R: N~Echos~?echo requests: N~EchoReps~?echo replies: N";

    static {
        add("Ip", "Forwarding~?Forwarding: N~DefaultTTL~-~InReceives~=N total packets received~InHdrErrors~?N with invalid headers~"
                + "InAddrErrors~?N with invalid addresses~ForwDatagrams~=N forwarded~InUnknownProtos~?N with unknown protocol~"
                + "InDiscards~=N incoming packets discarded~InDelivers~=N incoming packets delivered~OutRequests~=N requests sent out~"
                + "OutDiscards~?N outgoing packets dropped~OutNoRoutes~?N dropped because of missing route~"
                + "ReasmTimeout~?N fragments dropped after timeout~ReasmReqds~?N reassemblies required~"
                + "ReasmOKs~?N packets reassembled ok~ReasmFails~?N packet reassemblies failed~"
                + "FragOKs~?N outgoing packets fragmented ok~FragFails~?N outgoing packets failed fragmentation~"
                + "FragCreates~?N fragments created");
        add("Icmp", "InMsgs~=N ICMP messages received~InErrors~=N input ICMP message failed~InCsumErrors~#ICMP input histogram:~"
                + "OutMsgs~=N ICMP messages sent~OutErrors~=N ICMP messages failed~OutRateLimitHost~#ICMP output histogram:");
        histogram("In", "timeout in transit", "source quenches", "redirects");
        histogram("Out", "time exceeded", "source quench", "redirect");
        add("Tcp", "RtoAlgorithm~-~RtoMin~-~RtoMax~-~MaxConn~-~ActiveOpens~=N active connection openings~"
                + "PassiveOpens~=N passive connection openings~AttemptFails~=N failed connection attempts~"
                + "EstabResets~=N connection resets received~CurrEstab~=N connections established~InSegs~=N segments received~"
                + "OutSegs~=N segments sent out~RetransSegs~=N segments retransmitted~InErrs~=N bad segments received~"
                + "OutRsts~=N resets sent");
        add("Udp", "InDatagrams~=N packets received~NoPorts~=N packets to unknown port received~InErrors~=N packet receive errors~"
                + "OutDatagrams~=N packets sent~RcvbufErrors~=N receive buffer errors~SndbufErrors~=N send buffer errors");
    }

    private final StringBuilder out = new StringBuilder();
    /** What a counter without words of its own is written under: the indentation of the one before. */
    private int indent = INDENT;

    private Statistics() {}

    private static void add(String group, String words) {
        String[] parts = words.split("~");
        for (int i = 0; i < parts.length; i += 2) {
            WORDS.put(group + parts[i], parts[i + 1]);
        }
    }

    private static void histogram(String way, String timeout, String quench, String redirect) {
        String[] parts = HISTOGRAM.replace("T:", timeout + ":").replace("Q:", quench + ":").replace("R:", redirect + ":").split("~");
        for (int i = 0; i < parts.length; i += 2) {
            WORDS.put("Icmp" + way + parts[i], "+" + parts[i + 1].substring(1));
        }
    }

    static String text(EmulatedProcess self, boolean raw, boolean tcp, boolean udp) {
        boolean all = !raw && !tcp && !udp;
        Map<String, Map<String, Long>> groups = new LinkedHashMap<>(SnmpFile.groups(self.network()));
        for (String group : new String[] {"TcpExt", "IpExt"}) {
            var counted = new LinkedHashMap<String, Long>();
            for (Counter counter : Counter.values()) {
                if (counter.title().startsWith(group)) {
                    counted.put(counter.title().substring(group.length()), self.network().counters().value(counter));
                }
            }
            groups.put(group, counted);
        }
        groups.put("MPTcpExt", new LinkedHashMap<>());
        var statistics = new Statistics();
        groups.forEach((group, counters) -> {
            boolean wanted = switch (group) {
                case "Ip", "Icmp" -> raw;
                case "Tcp", "TcpExt" -> tcp;
                case "Udp" -> udp;
                default -> true;
            };
            if (all || wanted) {
                statistics.group(group, counters);
            }
        });
        return statistics.out.toString();
    }

    private void group(String group, Map<String, Long> counters) {
        out.append(group).append(":\n");
        if (group.endsWith("Ext")) {
            // a new file begins (/proc/net/netstat), and what is not known goes as far in as its groups
            indent = INDENT;
        }
        counters.forEach((name, number) -> counter(WORDS.getOrDefault(group + name, "*" + name + ": N"), number));
    }

    private void counter(String words, long number) {
        String text = words.substring(1).replaceAll("\\bN\\b", Long.toString(number));
        switch (words.charAt(0)) {
            case '=' -> line(INDENT, text);
            case '#' -> line(INDENT, words.substring(1));
            case '?' -> {
                if (number != 0) {
                    line(4, text);
                }
            }
            case '+' -> {
                if (number != 0) {
                    line(8, text);
                }
            }
            case '*' -> {
                if (number != 0) {
                    line(indent, text);
                }
            }
            default -> {}
        }
    }

    private void line(int newIndent, String text) {
        indent = newIndent;
        out.append(" ".repeat(newIndent)).append(text).append('\n');
    }
}
