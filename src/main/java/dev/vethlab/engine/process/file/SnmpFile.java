package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Counters;
import dev.vethlab.engine.kernel.Counters.Counter;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.socket.tcp.TcpState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /proc/net/snmp} ({@code net/ipv4/proc.c}): of each group a line of names and one of numbers. */
public final class SnmpFile {
    private static final List<String> IP = List.of(("Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos "
            + "InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails "
            + "FragCreates OutTransmits").split(" "));
    private static final List<String> TCP = List.of(("RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets "
            + "CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors").split(" "));
    private static final List<String> UDP = List.of(
            "InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors".split(" "));
    private static final List<String> ICMP_TYPES = List.of(("DestUnreachs 3 TimeExcds 11 ParmProbs 12 SrcQuenchs 4 Redirects 5 Echos 8 "
            + "EchoReps 0 Timestamps 13 TimestampReps 14 AddrMasks 17 AddrMaskReps 18").split(" "));

    private SnmpFile() {}

    static String text(NetworkNamespace network) {
        return text(groups(network));
    }

    static String text(Map<String, Map<String, Long>> groups) {
        var text = new StringBuilder();
        groups.forEach((group, numbers) -> {
            text.append(group).append(':');
            numbers.keySet().forEach(name -> text.append(' ').append(name));
            text.append('\n').append(group).append(':');
            numbers.values().forEach(number -> text.append(' ').append(number));
            text.append('\n');
        });
        return text.toString();
    }

    /** All counters by group and name, in their order. */
    public static Map<String, Map<String, Long>> groups(NetworkNamespace network) {
        Counters counters = network.counters();
        var known = new LinkedHashMap<String, Long>();
        for (Counter counter : Counter.values()) {
            known.put(counter.title(), counters.value(counter));
        }
        known.put("IpForwarding", network.sysctls().isOn("net.ipv4.ip_forward") ? 1L : 2L);
        known.put("IpDefaultTTL", (long) network.sysctls().number("net.ipv4.ip_default_ttl"));
        known.put("TcpRtoAlgorithm", 1L);
        known.put("TcpRtoMin", 200L);
        known.put("TcpRtoMax", 120_000L);
        known.put("TcpMaxConn", -1L);
        known.put("TcpCurrEstab", network.sockets().tcp().connections().stream()
                .filter(socket -> socket.state() == TcpState.ESTABLISHED || socket.state() == TcpState.CLOSE_WAIT).count());
        var groups = new LinkedHashMap<String, Map<String, Long>>();
        groups.put("Ip", group("Ip", IP, known));
        groups.put("Icmp", icmp(counters));
        Map<String, Long> types = icmpTypes(counters);
        if (!types.isEmpty()) {
            groups.put("IcmpMsg", types);
        }
        groups.put("Tcp", group("Tcp", TCP, known));
        groups.put("Udp", group("Udp", UDP, known));
        groups.put("UdpLite", group("UdpLite", UDP, known));
        return groups;
    }

    static Map<String, Long> group(String group, List<String> names, Map<String, Long> known) {
        var numbers = new LinkedHashMap<String, Long>();
        names.forEach(name -> numbers.put(name, known.getOrDefault(group + name, 0L)));
        return numbers;
    }

    private static Map<String, Long> icmp(Counters counters) {
        var numbers = new LinkedHashMap<String, Long>();
        numbers.put("InMsgs", icmpTypes(counters, true).values().stream().mapToLong(n -> n).sum());
        numbers.put("InErrors", 0L);
        numbers.put("InCsumErrors", 0L);
        for (int i = 0; i < ICMP_TYPES.size(); i += 2) {
            numbers.put("In" + ICMP_TYPES.get(i), counters.icmpIn(Integer.parseInt(ICMP_TYPES.get(i + 1))));
        }
        numbers.put("OutMsgs", icmpTypes(counters, false).values().stream().mapToLong(n -> n).sum());
        numbers.put("OutErrors", 0L);
        numbers.put("OutRateLimitGlobal", 0L);
        numbers.put("OutRateLimitHost", 0L);
        for (int i = 0; i < ICMP_TYPES.size(); i += 2) {
            numbers.put("Out" + ICMP_TYPES.get(i), counters.icmpOut(Integer.parseInt(ICMP_TYPES.get(i + 1))));
        }
        return numbers;
    }

    /** Only the types that were seen ({@code icmpmsg_put}). */
    private static Map<String, Long> icmpTypes(Counters counters) {
        var numbers = new LinkedHashMap<>(icmpTypes(counters, true));
        numbers.putAll(icmpTypes(counters, false));
        return numbers;
    }

    private static Map<String, Long> icmpTypes(Counters counters, boolean in) {
        var numbers = new LinkedHashMap<String, Long>();
        for (int type = 0; type < 256; type++) {
            long number = in ? counters.icmpIn(type) : counters.icmpOut(type);
            if (number != 0) {
                numbers.put((in ? "InType" : "OutType") + type, number);
            }
        }
        return numbers;
    }
}
