package dev.vethlab.engine.command.net.busybox;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.command.net.netstat.Netstat;
import dev.vethlab.engine.process.EmulatedProcess;

/** The {@code netstat} applet: net-tools' tables with few options, and no names of programs ({@code networking/netstat.c}). */
final class BusyboxNetstat {
    private static final String USAGE = """
            Usage: netstat [-ral] [-tuwx] [-en]

            Display networking information

            \t-r\tRouting table
            \t-a\tAll sockets
            \t-l\tListening sockets
            \t\tElse: connected sockets
            \t-t\tTCP sockets
            \t-u\tUDP sockets
            \t-w\tRaw sockets
            \t-x\tUnix sockets
            \t\tElse: all socket types
            \t-e\tOther/more information
            \t-n\tDon't resolve names
            """;

    private BusyboxNetstat() {}

    static int main(EmulatedProcess self) {
        String error = Getopt.parse(self.arguments(), "ralentuwx").error();
        if (error != null) {
            return Busybox.usage(self, error.equals("--help") || self.arguments().contains("--help") ? "" : error, USAGE);
        }
        return Netstat.main(self);
    }
}
