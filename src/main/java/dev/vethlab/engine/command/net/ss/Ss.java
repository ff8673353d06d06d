package dev.vethlab.engine.command.net.ss;

import dev.vethlab.engine.command.net.Services;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpState;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.shell.Terminal;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code ss} of iproute2 7.2, for TCP, UDP and raw sockets. */
public final class Ss {
    private static final int USAGE_STATUS = 255;

    private final EmulatedProcess self;
    private final SsOptions options;
    private final NetworkNamespace network;
    private final Services services;

    private Ss(EmulatedProcess self, SsOptions options, NetworkNamespace network) {
        this.self = self;
        this.options = options;
        this.network = network;
        this.services = Services.read(self);
    }

    public static int main(EmulatedProcess self) {
        var options = new SsOptions(self.arguments());
        if (options.has("h")) {
            self.print(SsUsage.TEXT);
            return 0;
        }
        if (options.has("V") || options.has("v")) {
            self.print(SsUsage.VERSION);
            return 0;
        }
        if (options.error() != null) {
            return fail(self, options.error(), options.errorWithUsage(), USAGE_STATUS);
        }
        if (options.has("Z") || options.has("z")) {
            return fail(self, "ss: SELinux is not enabled.", false, 1);
        }
        String unsupported = options.unsupported();
        if (unsupported != null) {
            return Unsupported.answer(self, "ss " + unsupported + " is not emulated");
        }
        NetworkNamespace network = self.network();
        String name = options.value("N");
        if (name != null) {
            NetworkNamespace other = network.machine().named(name);
            if (other == null) {
                return fail(self, "Cannot open network namespace \"" + name + "\": No such file or directory", false, 1);
            }
            network = other;
        }
        return new Ss(self, options, network).run();
    }

    private static int fail(EmulatedProcess self, String message, boolean withUsage, int status) {
        self.error(message);
        if (withUsage) {
            self.descriptor(2).report(self, SsUsage.TEXT);
        }
        return status;
    }

    private int run() {
        if (options.has("s")) {
            self.print(new SsSummary(network, self).text());
            if (options.filter().isEmpty() && !options.has("t") && !options.has("u") && !options.has("a") && !options.has("l")) {
                return 0;
            }
        }
        Predicate<SocketRow> filter;
        try {
            filter = SsFilter.parse(self, options.filter());
        } catch (SsFilter.Failure e) {
            String message = java.util.Objects.requireNonNull(e.getMessage());
            if (message.startsWith("vethlab: ")) {
                return Unsupported.answer(self, message.substring("vethlab: ".length()));
            }
            return fail(self, message, e.withUsage, e.withUsage ? USAGE_STATUS : 1);
        }
        var table = new SsTable();
        table.hide(!options.hasSeveralTables(), options.states().size() == 1, options.has("Q"), !options.has("p") && !options.has("T"));
        table.addHeader(!options.has("H"));
        for (SocketRow.Kind kind : options.kinds()) {
            for (SocketRow row : SocketList.of(kind, network, self)) {
                boolean wanted = row.family() == AddressFamily.INET ? options.wantsIpv4() : options.wantsIpv6();
                if (wanted && options.states().contains(row.state()) && filter.test(row)) {
                    if (options.has("K")) {
                        kill(row);
                    }
                    table.add(cells(row));
                }
            }
        }
        self.print(table.text(screenWidth()));
        return 0;
    }

    /** Ends what was found ({@code SOCK_DESTROY}). */
    private static void kill(SocketRow row) {
        switch (row.socket()) {
            case TcpSocket connection -> connection.kill();
            default -> row.socket().close();
        }
    }

    /** The width of the terminal that it prints to, or what the environment tells of one; 0 if there is none. */
    private int screenWidth() {
        int width = Terminal.widthFor(self);
        if (width > 0) {
            return width;
        }
        String columns = self.context().environment().get("COLUMNS");
        return columns != null && columns.matches("[0-9]{1,5}") ? Integer.parseInt(columns) : 0;
    }

    private List<String> cells(SocketRow row) {
        String holders = row.users().stream()
                .map(user -> "(\"" + user.program() + "\",pid=" + user.pid() + ",fd=" + user.descriptor() + ")")
                .collect(Collectors.joining(","));
        String users = holders.isEmpty() ? "" : " users:(" + holders + ")";
        return List.of(
                row.kind().text(),
                row.kind() == SocketRow.Kind.TCP ? row.state().ss() : row.state() == TcpState.ESTABLISHED ? "ESTAB" : "UNCONN",
                Integer.toString(row.receiveQueue()),
                Integer.toString(row.sendQueue()),
                address(row, row.localAddress(), row.device()) + ":",
                port(row, row.localPort()),
                address(row, row.remoteAddress(), null) + ":",
                row.kind() == SocketRow.Kind.RAW ? "*" : port(row, row.remotePort()),
                users,
                timer(row.timer()) + (options.has("e") ? row.details() : ""));
    }

    private String address(SocketRow row, int address, @Nullable NetDevice device) {
        String suffix = device == null ? "" : "%" + device.name();
        String text = switch (row.family()) {
            case INET -> name(address);
            case INET6_ONLY -> "[::]";
            case INET6_DUAL -> address == Ipv4.ANY ? "*" : "[::ffff:" + Ipv4.text(address) + "]";
        };
        return text + suffix;
    }

    private String name(int address) {
        String name = options.has("r") && address != Ipv4.ANY ? Resolver.reverse(self, address) : null;
        return name == null ? Ipv4.text(address) : name;
    }

    private String port(SocketRow row, int port) {
        if (row.kind() == SocketRow.Kind.RAW) {
            return options.has("n") ? Integer.toString(port) : IpProtocol.name(port);
        }
        if (port == 0) {
            return "*";
        }
        String name = options.has("n") ? null : services.name(port, row.kind().text());
        return name == null ? Integer.toString(port) : name;
    }

    private String timer(TcpSocket.@Nullable RunningTimer timer) {
        if (timer == null || !options.has("o")) {
            return "";
        }
        return " timer:(" + timer.name() + "," + duration(timer.remaining() / 1_000_000) + "," + timer.retransmissions() + ")";
    }

    /** {@code print_ms_timer}: the more there is of it, the coarser. */
    private static String duration(long millis) {
        long seconds = millis / 1000;
        long minutes = seconds / 60;
        long rest = seconds % 60;
        long fraction = minutes > 0 || rest > 9 ? 0 : millis % 1000;
        var text = new StringBuilder();
        if (minutes > 0) {
            text.append(minutes).append("min");
            rest = minutes > 9 ? 0 : rest;
        }
        if (rest > 0) {
            text.append(rest).append(fraction > 0 ? "." : "sec");
        }
        if (fraction > 0) {
            text.append(String.format("%03dms", fraction));
        }
        return text.toString();
    }
}
