package dev.vethlab.engine.command.net.traceroute;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.command.net.busybox.Busybox;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code traceroute} 2.1.6: up to 16 probes are under way at a time, and lines are printed as they become complete. */
public final class Traceroute {
    /** Of {@link #shownAddress}: none was shown in this line yet. */
    private static final long NOBODY = -1L << 40;

    private static final double NANOS = 1e9;
    private static final int USAGE_STATUS = 2;
    private static final int MIN_PACKET = 28;

    private final EmulatedProcess self;
    private final TracerouteOptions options;
    private final int target;
    private final List<Probe> probes = new ArrayList<>();
    private final Map<Integer, String> names = new TreeMap<>();
    private int end;
    private int printed;
    private long shownAddress;
    private String missing = " *";

    private Traceroute(EmulatedProcess self, TracerouteOptions options, int target) {
        this.self = self;
        this.options = options;
        this.target = target;
        int identity = options.method == TracerouteOptions.Method.ICMP ? self.namespacePid() & 0xFFFF
                : self.simulation().random("traceroute").between(40_000, 50_000);
        end = options.maxHops * options.queries;
        for (int i = 0; i < end; i++) {
            probes.add(new Probe(self, options, target, i, identity));
        }
    }

    public static int main(EmulatedProcess self) {
        TracerouteOptions options;
        try {
            options = new TracerouteOptions(self.arguments());
        } catch (TracerouteOptions.UsageException e) {
            self.error(java.util.Objects.requireNonNull(e.getMessage()));
            return USAGE_STATUS;
        }
        if (options.version) {
            self.descriptor(2).report(self, TracerouteUsage.VERSION);
            return 0;
        }
        if (options.help || self.arguments().size() == 1) {
            self.print(TracerouteUsage.TEXT);
            return 0;
        }
        if (options.unsupported() != null) {
            return Unsupported.answer(self, "traceroute " + options.unsupported() + " is not emulated");
        }
        if (options.operands.isEmpty()) {
            self.error("Specify \"host\" missing argument.");
            return USAGE_STATUS;
        }
        String host = options.operands.getFirst();
        return switch (Resolver.lookup(self, host)) {
            case Resolver.Found found -> new Traceroute(self, options, found.addresses().getFirst()).run(host);
            case Resolver.NotFound none -> {
                int position = self.arguments().indexOf(host);
                self.error(host + ": " + none.message() + "\nCannot handle \"host\" cmdline arg `" + host + "' on position 1 (argc "
                        + position
                        + ")");
                yield USAGE_STATUS;
            }
        };
    }

    /** The applet of busybox: one probe after another, of 46 bytes, and other words ({@code networking/traceroute.c}). */
    public static int applet(EmulatedProcess self) {
        Getopt given = Getopt.parse(self.arguments(), "46FIlnrvf:m:p:q:s:t:w:i:z:");
        if (given.error() != null || given.operands().isEmpty()) {
            return Busybox.usage(self, Objects.requireNonNullElse(given.error(), ""), TracerouteUsage.APPLET);
        }
        if (given.has("6") || given.has("l") || given.has("r") || given.has("v")) {
            return Unsupported.answer(self, "traceroute: -6, -l, -r and -v are not emulated");
        }
        var argv = new ArrayList<String>(List.of("traceroute", "-N", "1", "-w", Objects.requireNonNullElse(given.value("w"), "3") + ",0,0"));
        for (Getopt.Option option : given.options()) {
            if (!option.name().equals("w")) {
                argv.add("-" + option.name());
                argv.addAll(option.value().isEmpty() ? List.of() : List.of(option.value()));
            }
        }
        String host = given.operands().getFirst();
        if (!(Resolver.lookup(self, host) instanceof Resolver.Found found)) {
            self.error("traceroute: bad address '" + host + "'");
            return 1;
        }
        try {
            argv.add(host);
            argv.add(given.operands().size() > 1 ? given.operands().get(1) : "46");
            var trace = new Traceroute(self, new TracerouteOptions(argv), found.addresses().getFirst());
            trace.missing = "  *";
            return trace.run(host);
        } catch (TracerouteOptions.UsageException e) {
            self.error("traceroute: invalid number");
            return 1;
        }
    }

    private int run(String host) {
        if (options.method == TracerouteOptions.Method.TCP && !self.context().may(Capability.NET_RAW)) {
            self.error("You do not have enough privileges to use this traceroute method.\nsocket: Operation not permitted");
            return 1;
        }
        options.packetLength = Math.max(options.packetLength, MIN_PACKET);
        self.print("traceroute to " + host + " (" + Ipv4.text(target) + "), " + options.maxHops + " hops max, " + options.packetLength
                + " byte packets");
        String failure;
        try {
            failure = trace();
        } catch (KernelException e) {
            failure = (e.errno() == Errno.EADDRNOTAVAIL ? "bind: " : "socket: ") + e.errno().message();
        }
        if (failure != null) {
            self.error("\n" + failure);
            return 1;
        }
        self.print("\n");
        return 0;
    }

    private @Nullable String trace() throws KernelException {
        int source = options.source == null ? 0 : Resolver.parseAddress(options.source).orElse(0);
        NetDevice device = null;
        if (options.device != null) {
            device = self.network().devices().find(options.device);
            if (device == null) {
                return "setsockopt SO_BINDTODEVICE: No such device";
            }
        }
        int start = (options.firstHop - 1) * options.queries;
        printed = start;
        while (printed < end) {
            String failure = sendMore(start, source, device);
            if (failure != null) {
                return failure;
            }
            printReady();
            if (printed < end) {
                waitForAnswers(start);
            }
        }
        return null;
    }

    /** Sends as many as may be under way; those whose time is up make room. */
    private @Nullable String sendMore(int start, int source, @Nullable NetDevice device) throws KernelException {
        int underWay = 0;
        for (int i = start; i < end; i++) {
            Probe probe = probes.get(i);
            if (probe.isDone()) {
                continue;
            }
            if (probe.isSent() && self.now() >= deadline(i)) {
                probe.expire();
                continue;
            }
            if (underWay >= options.simultaneous) {
                break;
            }
            if (!probe.isSent()) {
                String failure = probe.send(source, device);
                if (failure != null) {
                    return failure;
                }
                heed(probe);
                if (options.pause > 0) {
                    self.sleep((long) (options.pause * (options.pause > 10 ? 1e6 : NANOS)));
                }
            }
            underWay++;
        }
        return null;
    }

    private void waitForAnswers(int start) {
        List<WaitQueue> queues = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (int i = start; i < end; i++) {
            Probe probe = probes.get(i);
            if (probe.isSent() && !probe.isDone() && probe.socket() != null) {
                queues.add(probe.socket().changed());
                next = Math.min(next, deadline(i));
            }
        }
        if (!queues.isEmpty()) {
            self.await(queues, this::anyAnswer, Math.max(0, next - self.now()));
        }
        for (int i = start; i < end; i++) {
            Probe probe = probes.get(i);
            if (probe.isSent() && !probe.isDone()) {
                probe.look();
            }
            heed(probe);
        }
    }

    /** Of an answer that ends the way the rest of its hop still counts, hops behind it do not. */
    private void heed(Probe probe) {
        if (probe.isLast()) {
            end = Math.min(end, probe.hop() * options.queries);
        }
    }

    /** Answers to probes behind the last hop are nobody's: to wake for them would be to wake for ever. */
    private boolean anyAnswer() {
        return probes.subList(0, end).stream().anyMatch(p -> p.isSent() && !p.isDone() && p.socket() != null && p.socket().canRead());
    }

    /** {@code get_timeout}: not much longer than others of the hop or the next hops took. */
    private long deadline(int index) {
        Probe probe = probes.get(index);
        long longest = (long) (options.wait * NANOS);
        int hopStart = index - index % options.queries;
        if (options.here > 0) {
            for (int i = hopStart; i < hopStart + options.queries; i++) {
                if (probes.get(i).isAnswered()) {
                    return probe.sentAt() + Math.min(longest, (long) (probes.get(i).roundTrip() * options.here));
                }
            }
        }
        if (options.near > 0) {
            for (int i = index + 1; i < probes.size() && probes.get(i).isSent(); i++) {
                if (probes.get(i).isAnswered()) {
                    return probe.sentAt() + Math.min(longest, (long) (probes.get(i).roundTrip() * options.near));
                }
            }
        }
        return probe.sentAt() + longest;
    }

    // ---- printing ----

    private void printReady() {
        while (printed < end && probes.get(printed).isDone()) {
            print(probes.get(printed));
            printed++;
        }
    }

    private void print(Probe probe) {
        var text = new StringBuilder();
        boolean first = printed % options.queries == 0;
        if (first) {
            text.append(String.format("\n%2d ", probe.hop()));
            shownAddress = NOBODY;
        }
        if (!probe.isAnswered()) {
            text.append(first ? " *" : missing);
        } else {
            if (probe.answeredBy() != shownAddress) {
                shownAddress = probe.answeredBy();
                text.append(' ').append(probe.answeredBy() == Ipv4.ANY ? "*" : name(probe.answeredBy()));
            }
            text.append(String.format(Locale.ROOT, "  %.3f ms", probe.roundTrip() / 1e6)).append(probe.remark());
        }
        self.print(text.toString());
    }

    private String name(int address) {
        if (options.numeric) {
            return Ipv4.text(address);
        }
        String name = names.get(address);
        if (name == null) {
            String found = Resolver.reverse(self, address);
            name = (found == null ? Ipv4.text(address) : found) + " (" + Ipv4.text(address) + ")";
            names.put(address, name);
        }
        return name;
    }
}
