package dev.vethlab.engine.command.net.netstat;

import dev.vethlab.engine.command.core.Applet;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.command.net.Services;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.command.net.ss.SocketList;
import dev.vethlab.engine.command.net.ss.SocketRow;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpState;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code netstat} of net-tools 2.10: sockets, routes and interfaces. */
public final class Netstat {
    private static final int USAGE_STATUS = 3;
    private static final int ADDRESS_WIDTH = 23;
    private static final String UNSUPPORTED = "eCFNUSZAD";

    private static final int PROGRAM_WIDTH = 19;
    /** Between two listings with {@code -c}. */
    private static final long PERIOD = 1_000_000_000L;

    private final EmulatedProcess self;
    private final Getopt options;
    private final Services services;

    private Netstat(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
        this.services = Services.read(self);
    }

    public static int main(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "MCFA:acdegphiIlNnorstuUSVv?wWxZ64", "route=r", "interfaces=i", "groups=g", "statistics=s",
                "masquerade=M", "verbose=v", "wide=W", "numeric=n", "numeric-hosts", "numeric-ports", "numeric-users", "symbolic=N", "extend=e",
                "programs=p", "timers=o", "continuous=c", "listening=l", "all=a", "fib=F", "cache=C", "context=Z", "tcp=t", "udp=u",
                "udplite=U", "sctp=S", "raw=w", "unix=x", "version=V", "help=h", "inet=4", "inet6=6");
        if (options.error() != null) {
            self.error(options.error());
            self.descriptor(2).report(self, NetstatUsage.TEXT);
            return USAGE_STATUS;
        }
        if (options.has("h")) {
            self.descriptor(2).report(self, NetstatUsage.TEXT);
            return 0;
        }
        if (options.has("V")) {
            self.print(NetstatUsage.VERSION);
            return 0;
        }
        for (Getopt.Option option : options.options()) {
            boolean extendedRoutes = option.name().equals("e") && options.has("r");
            if (UNSUPPORTED.contains(option.name()) && !extendedRoutes) {
                return Unsupported.answer(self, "netstat -" + option.name() + " is not emulated");
            }
        }
        var netstat = new Netstat(self, options);
        int status = netstat.run();
        while (options.has("c") && status == 0) {
            self.sleep(PERIOD);
            status = netstat.run();
        }
        return status;
    }

    private int run() {
        if (options.has("M")) {
            self.error("netstat: no support for `ip_masquerade' on this system.");
            return 1;
        }
        if (options.has("s")) {
            self.print(Statistics.text(self, options.has("w"), options.has("t"), options.has("u")));
            return 0;
        }
        if (options.has("r")) {
            self.print(Tables.routes(self, isNumeric("numeric-hosts"), options.has("e")));
            return 0;
        }
        if (options.has("i")) {
            self.print(Tables.interfaces(self, options.has("a")));
            return 0;
        }
        if (options.has("g")) {
            self.print(Tables.groups(self));
            return 0;
        }
        boolean inet = options.has("t") || options.has("u") || options.has("w");
        if (inet || !options.has("x")) {
            sockets(inet || options.has("4") || options.has("6"));
        }
        if (options.has("x") || !(inet || options.has("4") || options.has("6"))) {
            self.print("Active UNIX domain sockets (" + which() + ")\nProto RefCnt Flags       Type       State         I-Node" + Applet.words(self, "  ", "") + " Path\n");
        }
        return 0;
    }

    private boolean isNumeric(String kind) {
        return options.has("n") || options.has(kind);
    }

    private String which() {
        return options.has("a") ? "servers and established" : options.has("l") ? "only servers" : "w/o servers";
    }

    private void sockets(boolean named) {
        self.print("Active Internet connections (" + which() + ")\nProto Recv-Q Send-Q Local Address           Foreign Address         State      "
                + afterState() + (options.has("p") ? " PID/Program name    " : "") + (options.has("o") ? " Timer" : "") + "\n");
        Set<SocketRow.Kind> kinds = EnumSet.noneOf(SocketRow.Kind.class);
        for (SocketRow.Kind kind : List.of(SocketRow.Kind.TCP, SocketRow.Kind.UDP, SocketRow.Kind.RAW)) {
            String letter = kind == SocketRow.Kind.RAW ? "w" : kind.text().substring(0, 1);
            if (options.has(letter) || !(named && (options.has("t") || options.has("u") || options.has("w")))) {
                kinds.add(kind);
            }
        }
        for (SocketRow.Kind kind : List.of(SocketRow.Kind.TCP, SocketRow.Kind.UDP, SocketRow.Kind.RAW)) {
            if (kinds.contains(kind)) {
                SocketList.of(kind, self.network(), self).stream().filter(this::isWanted).forEach(row -> self.print(line(row)));
            }
        }
    }

    /** Number and name, which is that of the first word that {@code /proc/PID/cmdline} shows ({@code prg_cache_load}). */
    private String program(SocketRow.User user) {
        EmulatedProcess process = self.table().visibleTo(self).get(user.pid());
        String word = process == null ? user.program() : process.commandLine().getFirst();
        String text = user.pid() + "/" + word.substring(word.lastIndexOf('/') + 1);
        return text.length() > PROGRAM_WIDTH ? text.substring(0, PROGRAM_WIDTH) : text;
    }

    private boolean isWanted(SocketRow row) {
        boolean v4 = row.family() == AddressFamily.INET;
        if ((options.has("4") && !v4) || (options.has("6") && v4 && !options.has("4"))) {
            return false;
        }
        boolean serves = row.kind() == SocketRow.Kind.TCP ? row.isListening() : row.state() == TcpState.CLOSED;
        return options.has("a") || serves == options.has("l");
    }

    private String line(SocketRow row) {
        // busybox does not tell the protocols of IPv6 apart
        String protocol = row.kind().text() + (row.family() == AddressFamily.INET ? "" : Applet.words(self, "6", ""));
        String state = switch (row.kind()) {
            case TCP -> row.state().netstat();
            case UDP -> row.state() == TcpState.ESTABLISHED ? row.state().netstat() : "";
            case RAW -> "7";
        };
        int sendQueue = row.isListening() ? 0 : row.sendQueue();
        var text = new StringBuilder(String.format("%-4s  %6d %6d %-23s %-23s %-11s", protocol, row.receiveQueue(), sendQueue,
                end(row, row.localAddress(), row.localPort()),
                end(row, row.remoteAddress(), row.kind() == SocketRow.Kind.RAW ? 0 : row.remotePort()), state));
        text.append(afterState());
        if (options.has("p")) {
            // the first that the list of processes shows with it
            text.append(String.format(" %-20s", row.users().isEmpty() ? "-" : program(row.users().getLast())));
        }
        if (options.has("o")) {
            text.append(' ').append(timer(row.timer()));
        }
        return text.append('\n').toString();
    }

    /** Busybox pads the state to twelve columns. */
    private String afterState() {
        return Applet.words(self, "", " ");
    }

    private String end(SocketRow row, int address, int port) {
        String host = switch (row.family()) {
            case INET -> name(address);
            case INET6_ONLY -> "::";
            case INET6_DUAL -> address == Ipv4.ANY ? "::" : "::ffff:" + Ipv4.text(address);
        };
        String service = port(row.kind(), port);
        int room = ADDRESS_WIDTH - service.length() - 1;
        return (host.length() > room && !options.has("W") ? host.substring(0, room) : host) + ":" + service;
    }

    private String name(int address) {
        String name = isNumeric("numeric-hosts") || address == Ipv4.ANY ? null : Resolver.reverse(self, address);
        return name == null ? Ipv4.text(address) : name;
    }

    private String port(SocketRow.Kind kind, int port) {
        if (port == 0) {
            return "*";
        }
        if (isNumeric("numeric-ports")) {
            return Integer.toString(port);
        }
        String name = kind == SocketRow.Kind.RAW ? IpProtocol.name(port) : services.name(port, kind.text());
        return name == null ? Integer.toString(port) : name;
    }

    private static String timer(TcpSocket.@Nullable RunningTimer timer) {
        return timer == null ? "off (0.00/0/0)"
                : timer.name() + String.format(Locale.ROOT, " (%.2f/%d/0)", timer.remaining() / 1e9, timer.retransmissions());
    }
}
