package dev.vethlab.engine.command.net.ss;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.socket.tcp.TcpState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command line of {@code ss}: which tables, which families, which states. */
final class SsOptions {
    private static final String SHORT = "hVnralBoempTisbEZzN:460tMSudwxf:HKQOA:D:F:v";
    private static final String[] LONG = {
        "help=h", "version=V", "numeric=n", "resolve=r", "all=a", "listening=l", "bound-inactive=B", "options=o", "extended=e", "memory=m",
        "processes=p", "threads=T", "info=i", "tipcinfo", "summary=s", "tos", "cgroup", "bpf=b", "bpf-maps", "bpf-map-id:", "events=E",
        "context=Z", "contexts=z", "net:=N", "ipv4=4", "ipv6=6", "packet=0", "tcp=t", "mptcp=M", "sctp=S", "udp=u", "dccp=d", "raw=w",
                "unix=x",
        "tipc", "vsock", "xdp", "family:=f", "kill=K", "no-header=H", "no-queues=Q", "oneline=O", "inet-sockopt", "query:=A", "socket:=A",
        "diag:=D", "filter:=F"
    };
    private static final String EMULATED = "hVnralBopTsN46tudwfHQOAvSMdeKx0";
    private static final Set<TcpState> NOT_CONNECTED =
            EnumSet.of(TcpState.LISTEN, TcpState.CLOSED, TcpState.TIME_WAIT, TcpState.SYN_RECEIVED);

    private final Getopt options;
    private final Set<SocketRow.Kind> kinds = EnumSet.noneOf(SocketRow.Kind.class);
    private final Set<TcpState> states = EnumSet.noneOf(TcpState.class);
    private final List<String> filter = new ArrayList<>();
    private boolean v4;
    private boolean v6;
    private boolean tableNamed;
    /** Kinds of sockets that nobody opens here: packet and UNIX domain. */
    private boolean severalTables;
    private boolean unix;
    private boolean otherTableNamed;
    private @Nullable String error;
    private boolean errorWithUsage;

    SsOptions(List<String> argv) {
        options = Getopt.parse(argv, SHORT, LONG);
        filter.addAll(options.operands());
        if (options.error() != null) {
            error = options.error();
            errorWithUsage = true;
            return;
        }
        for (Getopt.Option option : options.options()) {
            option(option);
        }
        collectStates();
        if (!tableNamed) {
            kinds.addAll(EnumSet.allOf(SocketRow.Kind.class));
        }
    }

    private void option(Getopt.Option option) {
        switch (option.name()) {
            case "t" -> table("tcp");
            case "u" -> table("udp");
            case "w" -> table("raw");
            case "x" -> table("unix");
            case "0" -> table("packet");
            case "S" -> table("sctp");
            case "M" -> table("mptcp");
            case "d" -> table("dccp");
            case "4" -> v4 = true;
            case "6" -> v6 = true;
            case "f" -> family(option.value());
            case "A" -> List.of(option.value().split(",")).forEach(this::table);
            default -> {}
        }
    }

    private void family(String name) {
        switch (name) {
            case "inet" -> v4 = true;
            case "inet6" -> v6 = true;
            case "link" -> table("packet");
            case "unix" -> table("unix");
            case "netlink", "tipc", "vsock", "xdp" -> otherTableNamed = true;
            default -> fail("ss: \"" + name + "\" is invalid family", true);
        }
    }

    private void table(String name) {
        tableNamed = true;
        switch (name) {
            case "all", "inet" -> kinds.addAll(EnumSet.allOf(SocketRow.Kind.class));
            case "tcp" -> kinds.add(SocketRow.Kind.TCP);
            case "udp" -> kinds.add(SocketRow.Kind.UDP);
            case "raw" -> kinds.add(SocketRow.Kind.RAW);
            // known to the kernel, and nobody here opens one
            case "sctp", "mptcp", "dccp" -> {}
            case "unix", "unix_stream", "unix_dgram", "unix_seqpacket", "packet", "packet_raw", "packet_dgram" -> {
                severalTables = true;
                unix |= name.startsWith("unix");
            }
            case "netlink", "vsock_stream", "vsock_dgram", "tipc", "xdp" -> otherTableNamed = true;
            default -> fail("ss: \"" + name + "\" is illegal socket table id", true);
        }
    }

    private void collectStates() {
        boolean named = false;
        while (!filter.isEmpty() && (filter.getFirst().equals("state") || filter.getFirst().startsWith("excl"))) {
            boolean exclude = filter.removeFirst().startsWith("excl");
            if (filter.isEmpty()) {
                fail("Command line is not complete. Try option \"help\"", false);
                return;
            }
            Set<TcpState> group = group(filter.removeFirst());
            if (!named) {
                states.clear();
                states.addAll(exclude ? EnumSet.allOf(TcpState.class) : EnumSet.noneOf(TcpState.class));
            }
            named = true;
            if (exclude) {
                states.removeAll(group);
            } else {
                states.addAll(group);
            }
        }
        if (named) {
            return;
        }
        if (options.has("a")) {
            states.addAll(EnumSet.allOf(TcpState.class));
        } else if (options.has("l")) {
            states.add(TcpState.LISTEN);
            states.add(TcpState.CLOSED);
        } else if (!tableNamed || unix || kinds.contains(SocketRow.Kind.TCP)) {
            states.addAll(EnumSet.complementOf(EnumSet.copyOf(NOT_CONNECTED)));
        } else {
            // datagrams and raw sockets have this state only
            states.add(TcpState.ESTABLISHED);
        }
    }

    private Set<TcpState> group(String name) {
        Set<TcpState> all = EnumSet.allOf(TcpState.class);
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        return switch (lower) {
            case "all" -> all;
            case "connected" -> without(all, TcpState.CLOSED, TcpState.LISTEN);
            case "synchronized" -> without(all, TcpState.CLOSED, TcpState.LISTEN, TcpState.SYN_SENT);
            case "bucket" -> EnumSet.of(TcpState.SYN_RECEIVED, TcpState.TIME_WAIT);
            case "big" -> without(all, TcpState.SYN_RECEIVED, TcpState.TIME_WAIT);
            case "established" -> EnumSet.of(TcpState.ESTABLISHED);
            case "listening" -> EnumSet.of(TcpState.LISTEN);
            case "close", "closed", "unconnected" -> EnumSet.of(TcpState.CLOSED);
            case "syn-rcv", "syn-recv" -> EnumSet.of(TcpState.SYN_RECEIVED);
            case "bound-inactive" -> EnumSet.noneOf(TcpState.class);
            default -> {
                for (TcpState state : TcpState.values()) {
                    if (state.ss().equalsIgnoreCase(name)) {
                        yield EnumSet.of(state);
                    }
                }
                fail("ss: wrong state name: " + name, false);
                yield all;
            }
        };
    }

    private static Set<TcpState> without(Set<TcpState> all, TcpState... some) {
        all.removeAll(List.of(some));
        return all;
    }

    private void fail(String message, boolean withUsage) {
        if (error == null) {
            error = message;
            errorWithUsage = withUsage;
        }
    }

    @Nullable String error() {
        return error;
    }

    boolean errorWithUsage() {
        return errorWithUsage;
    }

    /** The first option that is not emulated, or null. */
    @Nullable String unsupported() {
        for (Getopt.Option option : options.options()) {
            if (option.name().length() > 1 || EMULATED.indexOf(option.name().charAt(0)) < 0) {
                return option.name().length() > 1 ? "--" + option.name() : "-" + option.name();
            }
        }
        return otherTableNamed ? "of sockets other than TCP, UDP and raw ones" : null;
    }

    boolean has(String name) {
        return options.has(name);
    }

    @Nullable String value(String name) {
        return options.value(name);
    }

    /** The tables to show, in order. */
    Set<SocketRow.Kind> kinds() {
        return kinds;
    }

    /** Whether more than one table may be in the output. */
    boolean hasSeveralTables() {
        return severalTables || kinds.size() != 1;
    }

    Set<TcpState> states() {
        return states;
    }

    boolean wantsIpv4() {
        return v4 || !v6;
    }

    boolean wantsIpv6() {
        return v6 || !v4;
    }

    /** The words of the expression. */
    List<String> filter() {
        return filter;
    }
}
