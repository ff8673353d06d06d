package dev.vethlab.engine.command.net.tcpdump;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.command.net.tcpdump.filter.Condition;
import dev.vethlab.engine.command.net.tcpdump.filter.FilterException;
import dev.vethlab.engine.command.net.tcpdump.filter.FilterParser;
import dev.vethlab.engine.command.net.tcpdump.filter.LinkType;
import dev.vethlab.engine.command.net.tcpdump.print.HexDump;
import dev.vethlab.engine.command.net.tcpdump.print.PacketPrinter;
import dev.vethlab.engine.command.net.tcpdump.print.PrintOptions;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tcpdump} 4.99.6 with libpcap 1.11. */
public final class Tcpdump {
    private static final String VERSION = """
            tcpdump version 4.99.6
            libpcap version 1.11.0 (64-bit time_t, with TPACKET_V3)
            OpenSSL 3.6.5 29 Sep 2026
            64-bit build, 64-bit time_t
            """;
    private static final String USAGE = """
            Usage: tcpdump [-AbdDefghHIJKlLnNOpqStuUvxX#] [ -B size ] [ -c count ] [--count]
            \t\t[ -C file_size ] [ -E algo:secret ] [ -F file ] [ -G seconds ]
            \t\t[ -i interface ] [ --immediate-mode ] [ -j tstamptype ]
            \t\t[ -M secret ] [ --number ] [ --print ] [ -Q in|out|inout ]
            \t\t[ -r file ] [ -s snaplen ] [ -T type ] [ --version ]
            \t\t[ -V file ] [ -w file ] [ -W filecount ] [ -y datalinktype ]
            \t\t[ --time-stamp-precision precision ] [ --micro ] [ --nano ]
            \t\t[ -z postrotate-command ] [ -Z user ] [ expression ]
            """;

    private final EmulatedProcess self;
    private final TcpdumpOptions options;
    private final Names names;
    private final PacketPrinter printer;
    private final TimeStamp timeStamp;
    private final Output out;
    private @Nullable Output file;
    private long captured;
    private boolean interrupted;

    private Tcpdump(EmulatedProcess self, TcpdumpOptions options) {
        this.self = self;
        this.options = options;
        boolean numeric = options.has("n");
        names = new Names(self, numeric);
        var print = new PrintOptions(options.times("v"), options.has("q"), options.has("S"), options.has("e"), !options.has("K"));
        printer = new PacketPrinter(print, names, numeric, this::deviceName);
        timeStamp = new TimeStamp(options.times("t"));
        out = new Output(self, self.descriptor(1), options.has("l"));
    }

    public static int main(EmulatedProcess self) {
        var options = new TcpdumpOptions(self.arguments());
        if (options.usageError() != null) {
            self.error(options.usageError());
            self.descriptor(2).report(self, VERSION + USAGE);
            return 1;
        }
        if (options.has("h")) {
            self.print(VERSION + USAGE);
            return 0;
        }
        if (options.has("version")) {
            self.print(VERSION);
            return 0;
        }
        String unsupported = options.unsupported();
        if (unsupported != null) {
            return Unsupported.answer(self, "tcpdump " + unsupported + " is not emulated");
        }
        if (options.error() != null) {
            return fail(self, options.error());
        }
        if (options.has("D")) {
            self.print(Interfaces.list(self.network()));
            return 0;
        }
        return new Tcpdump(self, options).run();
    }

    private static int fail(EmulatedProcess self, String message) {
        self.error("tcpdump: " + message);
        return 1;
    }

    private int run() {
        try {
            return options.has("r") ? readFile() : listen();
        } catch (FilterException e) {
            String message = java.util.Objects.requireNonNull(e.getMessage());
            return e.isUnsupported() ? Unsupported.answer(self, message) : fail(self, message);
        } catch (PcapFile.FormatException e) {
            return fail(self, java.util.Objects.requireNonNull(e.getMessage()));
        }
    }

    private Condition filter(LinkType link, boolean live) throws FilterException {
        String expression = options.expression();
        String path = options.value("F");
        if (path != null) {
            try {
                expression = self.context().files().readAll(self, path).text();
            } catch (KernelException e) {
                throw new FilterException("can't open " + path + ": " + e.errno().message());
            }
        }
        return FilterParser.parse(expression, link, live, names);
    }

    // ---- a device ----

    private int listen() throws FilterException {
        String name = options.value("i");
        if (name == null) {
            name = Interfaces.first(self.network());
        }
        if (Interfaces.OTHERS.contains(name)) {
            return Unsupported.answer(self, "tcpdump cannot listen on " + name);
        }
        if (options.has("J")) {
            self.println("Time stamp types for " + name + " (use option -j to set):\n  host (Host)");
            return 0;
        }
        NetDevice device = device(name);
        boolean any = name.equals("any");
        if (device == null && name.matches("[0-9]{1,4}")) {
            return fail(self, "Invalid adapter index " + name + ": only " + Interfaces.count(self.network()) + " interfaces found");
        }
        if (device == null && !any) {
            return fail(self, name + ": No such device exists\n(No such device exists)");
        }
        if (!self.context().may(Capability.NET_RAW)) {
            return fail(self, name + ": You don't have permission to perform this capture on that device\n"
                    + "(Attempt to create packet socket failed - CAP_NET_RAW may be required)");
        }
        if (device != null && !device.isUp() && !options.has("L")) {
            return fail(self, name + ": That device is not up");
        }
        if (any && !options.has("p")) {
            self.error("tcpdump: WARNING: any: That device doesn't support promiscuous mode\n"
                    + "(Promiscuous mode not supported on the \"any\" device)");
        }
        if (options.has("L")) {
            self.println("Data link types for " + name + " (use option -y to set):");
            self.println(any ? "  LINUX_SLL (Linux cooked v1)\n  LINUX_SLL2 (Linux cooked v2)"
                    : "  EN10MB (Ethernet)" + (device.isLoopback() ? "" : "\n  DOCSIS (DOCSIS) (printing not supported)"));
            return 0;
        }
        String timeStamps = options.value("j");
        if (timeStamps != null && timeStamps.startsWith("adapter")) {
            self.error("tcpdump: WARNING: When trying to set timestamp type '" + timeStamps + "' on " + name
                    + ": That type of time stamp is not supported by that device");
        }
        LinkType link = any ? LinkType.LINUX_SLL2 : LinkType.ETHERNET;
        Condition filter = filter(link, true);
        if (!openOutput(link)) {
            return 1;
        }
        var capture = new Capture(self, device, filter, options, isImmediate());
        announce(device == null ? name : device.name(), link);
        return take(capture);
    }

    /** Packets are delivered at once only to a terminal; else, as they come, in blocks. */
    private boolean isImmediate() {
        return options.has("immediate-mode") || (!options.has("w") && self.descriptor(1).isTerminal());
    }

    private @Nullable NetDevice device(String name) {
        NetDevice device = self.network().devices().find(name);
        if (device == null && name.matches("[0-9]{1,4}")) {
            String listed = Interfaces.named(self.network(), Integer.parseInt(name));
            return listed == null ? null : self.network().devices().find(listed);
        }
        return device;
    }

    private void announce(String device, LinkType link) {
        String listening = "listening on " + device + ", link-type " + link.title() + ", snapshot length " + options.snapLength()
                + " bytes";
        boolean silent = options.has("w") && !options.has("print");
        self.error(silent || options.has("v") ? "tcpdump: " + listening
                : "tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n" + listening);
    }

    private int take(Capture capture) {
        for (Signal signal : List.of(Signal.INT, Signal.TERM, Signal.HUP)) {
            self.onSignal(signal, () -> interrupted = true);
        }
        while (!interrupted && (options.count() < 0 || captured < options.count())) {
            self.await(capture.arrived(), () -> interrupted || !capture.isEmpty(), EmulatedProcess.FOREVER);
            CapturedPacket packet = interrupted ? null : capture.next();
            if (packet != null) {
                keep(packet);
            }
        }
        if (interrupted && !options.has("w")) {
            out.write(Bytes.of("\n"));
        }
        finish();
        self.error(packets(captured) + " captured\n" + packets(capture.received()) + " received by filter\n" + packets(capture.dropped())
                + " dropped by kernel");
        return 0;
    }

    private static String packets(long count) {
        return count + (count == 1 ? " packet" : " packets");
    }

    // ---- a file ----

    private int readFile() throws FilterException, PcapFile.FormatException {
        String path = java.util.Objects.requireNonNull(options.value("r"));
        PcapFile source;
        try {
            source = PcapFile.read(path.equals("-") ? LineReader.standardInput(self) : self.context().files().readAll(self, path));
        } catch (KernelException e) {
            return fail(self, path + ": " + e.errno().message());
        }
        self.error("reading from file " + path + ", link-type " + source.link().title() + ", snapshot length " + source.snapLength());
        if (source.link() == LinkType.LINUX_SLL2) {
            self.error("Warning: interface names might be incorrect");
        }
        Condition filter = filter(source.link(), false);
        if (!openOutput(source.link())) {
            return 1;
        }
        for (CapturedPacket packet : source.packets()) {
            if (options.count() >= 0 && captured >= options.count()) {
                break;
            }
            if (filter.matches(packet.view())) {
                if (options.has("count")) {
                    captured++;
                } else {
                    keep(packet);
                }
            }
        }
        if (options.has("count")) {
            out.write(Bytes.of(packets(captured) + "\n"));
        }
        // what waits in the buffer is written at the end, after the complaint
        int status = source.complaint().isEmpty() ? 0 : fail(self, "pcap_loop: " + source.complaint());
        finish();
        return status;
    }

    // ---- out ----

    private boolean openOutput(LinkType link) {
        String path = options.value("w");
        if (path == null) {
            return true;
        }
        try {
            OpenFile target = path.equals("-") ? self.descriptor(1) : self.context().files().open(self, path, OpenMode.WRITE);
            target.retain();
            // who reads it through a pipe sees its end
            self.onExit(target::release);
            file = new Output(self, target, options.has("U"));
            file.write(PcapFile.header(link, options.snapLength()));
            return true;
        } catch (KernelException e) {
            // Debian's tcpdump gives up root's rights, and for that first changes the file's owner
            fail(self, e.errno() == Errno.ENOENT ? "Couldn't change ownership of savefile" : path + ": " + e.errno().message());
            return false;
        }
    }

    private void keep(CapturedPacket packet) {
        captured++;
        if (file != null) {
            file.write(PcapFile.record(packet));
        }
        if (file == null || options.has("print")) {
            print(packet);
        }
    }

    private void print(CapturedPacket packet) {
        String number = options.has("#") ? String.format("%5d  ", captured) : "";
        Bytes data = packet.view().data();
        Bytes shown = options.times("x") > 1 || options.times("X") > 1 ? data
                : data.slice(Math.min(packet.view().headersLength(), data.length()));
        String dump = "";
        if (options.has("X")) {
            dump = HexDump.hex(shown, true);
        } else if (options.has("x")) {
            dump = HexDump.hex(shown, false);
        } else if (options.has("A")) {
            dump = HexDump.ascii(shown);
        }
        out.write(Bytes.of(number + timeStamp.text(packet.micros()) + printer.text(packet.view()) + dump + "\n"));
    }

    private void finish() {
        out.flush();
        if (file != null) {
            file.flush();
        }
    }

    private String deviceName(int index) {
        NetDevice device = self.network().devices().find(index);
        return device == null ? "?" : device.name();
    }
}
