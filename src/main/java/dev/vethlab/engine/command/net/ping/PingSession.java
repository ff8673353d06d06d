package dev.vethlab.engine.command.net.ping;

import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.socket.ErrorQueue;
import dev.vethlab.engine.kernel.socket.RawSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.sim.CalendarTime;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One run of ping: echoes out, replies and errors in, and the sum at the end ({@code ping_common.c}). */
final class PingSession {
    private static final int TIMESTAMP_LENGTH = 16;
    /** Without an interval each reply asks for the next echo; without a reply it is sent after so long ({@code pinger()}). */
    private static final long SILENT_INTERVAL = 10_000_000L;

    /** An error that the kernel reports while it sends is there at once; here it takes a packet over the loopback device. */
    private static final long ERROR_DELAY = 100_000L;

    /** How long it waits at most before it tries again what the device did not take. */
    private static final long LONGEST_REST = 500_000_000L;

    private final EmulatedProcess self;
    private final PingOptions options;
    private final RawSocket socket;
    private final String name;
    private final int target;
    private final int identifier;
    private final Map<Integer, Long> sentAt = new TreeMap<>();
    private final Set<Integer> answered = new TreeSet<>();
    private final Map<Integer, String> names = new TreeMap<>();
    private final PingStatistics statistics = new PingStatistics();
    private final RecordedRoute recorded = new RecordedRoute(this::host);
    /** How often the device took nothing ({@code oom_count}). */
    private int shortages;
    private boolean interrupted;
    private boolean snapshot;
    private long nextSend;
    private long exitAt = Long.MAX_VALUE;
    /** After a send that failed it looks at its counts again only when the next echo would be due ({@code pinger()}). */
    private long restsUntil;

    PingSession(EmulatedProcess self, PingOptions options, RawSocket socket, String name, int target) {
        this.self = self;
        this.options = options;
        this.socket = socket;
        this.name = name;
        this.target = target;
        this.identifier = options.identifier >= 0 ? options.identifier : self.namespacePid() & 0xFFFF;
    }

    int run() {
        self.onSignal(Signal.INT, () -> interrupted = true);
        self.onSignal(Signal.QUIT, () -> snapshot = true);
        nextSend = self.now();
        long begin = self.now();
        if (options.deadline > 0) {
            exitAt = begin + options.deadline;
        }
        while (!isDone()) {
            sendDue();
            if (isDone()) {
                break;
            }
            long wake = Math.min(exitAt, maySend() ? nextSend : restsUntil > self.now() ? restsUntil : Long.MAX_VALUE);
            long wait = wake == Long.MAX_VALUE ? EmulatedProcess.FOREVER : Math.max(0, wake - self.now());
            self.await(socket.changed(), () -> socket.canRead() || interrupted || snapshot, wait);
            receive();
            if (snapshot) {
                snapshot = false;
                self.error(statistics.snapshot());
            }
        }
        self.print("\n--- " + name + " ping statistics ---\n" + statistics.summary(options));
        boolean short0 = statistics.received == 0 || options.deadline > 0 && statistics.received < options.count;
        return short0 ? 1 : 0;
    }

    private boolean maySend() {
        return options.count == 0 || statistics.transmitted < options.count || options.deadline > 0;
    }

    private boolean isDone() {
        return interrupted
                || self.now() >= exitAt
                || self.now() >= restsUntil
                        && (options.count > 0 && statistics.received + statistics.errors >= options.count
                                || options.deadline > 0 && statistics.errors > 0);
    }

    // ---- out ----

    private void sendDue() {
        int burst = statistics.transmitted == 0 ? options.preload : 0;
        while (maySend() && (burst > 0 || self.now() >= nextSend) && !isDone()) {
            burst--;
            nextSend = self.now() + sendOne();
        }
        boolean allSent = options.count > 0 && statistics.transmitted >= options.count && options.deadline == 0;
        if (allSent && exitAt == Long.MAX_VALUE) {
            long linger = statistics.received > 0 ? Math.max(2 * statistics.longest(), options.interval) : options.linger;
            // a timer of 0 is none (setitimer)
            exitAt = linger == 0 ? Long.MAX_VALUE : self.now() + linger;
        }
    }

    /** Sends an echo; how long to wait with the next. */
    private long sendOne() {
        long interval = options.interval == 0 ? SILENT_INTERVAL : options.interval;
        int sequence = (int) ((statistics.transmitted + 1) & 0xFFFF);
        if (options.outstanding && statistics.transmitted > 0 && !answered.contains(sequence - 1) && !options.quiet) {
            print("no answer yet for icmp_seq=" + (sequence - 1));
        }
        sentAt.put(sequence, self.now());
        answered.remove(sequence);
        if (sentAt.size() > 4096) {
            sentAt.remove(sentAt.keySet().iterator().next());
        }
        Errno error = socket.sendTo(target, IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, identifier, sequence, payload()));
        long rest = Math.min(options.interval / 2, LONGEST_REST);
        if (error == Errno.ENOBUFS && ++shortages * rest < options.linger) {
            return rest;
        }
        statistics.sent(self.now());
        if (error == null) {
            if (options.flood && !options.quiet) {
                self.print(".");
            }
            return interval;
        }
        boolean tooLong = error == Errno.EMSGSIZE;
        if (tooLong || statistics.transmitted > 1) {
            restsUntil = self.now() + options.interval;
        }
        if (tooLong) {
            statistics.errors++;
            reportSending(error);
        }
        self.sleep(ERROR_DELAY);
        if ((takeErrors() || error == Errno.ENOBUFS) && !tooLong) {
            reportSending(error);
        }
        return interval;
    }

    private void reportSending(Errno error) {
        if (!options.quiet) {
            self.error("ping: sendmsg: " + error.message());
        }
    }

    private Bytes payload() {
        byte[] data = new byte[options.size];
        Bytes pattern = options.pattern;
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (pattern == null ? i : pattern.get(i % pattern.length()));
        }
        if (data.length >= TIMESTAMP_LENGTH) {
            put(data, 0, CalendarTime.seconds(self.now()));
            put(data, 8, CalendarTime.nanos(self.now()) / 1000);
        }
        return Bytes.of(data);
    }

    private static void put(byte[] data, int at, long value) {
        for (int i = 0; i < 8; i++) {
            data[at + i] = (byte) (value >>> 8 * i);
        }
    }

    // ---- in ----

    private void receive() {
        takeErrors();
        for (RawSocket.Received next = socket.receive(); next != null; next = socket.receive()) {
            if (next.packet().transport() instanceof IcmpMessage icmp) {
                take(next, icmp);
            }
        }
    }

    private void take(RawSocket.Received received, IcmpMessage icmp) {
        int from = received.packet().source();
        switch (icmp.body()) {
            case IcmpMessage.Quote quote -> {
                if (isOurs(quote.packet().beginning()) && !options.quiet && !options.flood) {
                    print("From " + host(from) + ": icmp_seq=" + ((IcmpMessage) quote.packet().beginning()).sequence() + " "
                            + IcmpText.of(icmp));
                }
            }
            case IcmpMessage.Data data -> {
                if (icmp.type() == IcmpMessage.ECHO_REPLY && icmp.identifier() == identifier) {
                    takeReply(received, icmp, data.bytes());
                }
            }
        }
    }

    private void takeReply(RawSocket.Received received, IcmpMessage icmp, Bytes data) {
        int sequence = icmp.sequence();
        Long sent = sentAt.get(sequence);
        boolean timed = data.length() >= TIMESTAMP_LENGTH && sent != null;
        long roundTrip = timed ? received.time() - sent : 0;
        boolean duplicate = !answered.add(sequence);
        statistics.received(roundTrip, timed, duplicate, sequence);
        if (options.adaptive || options.interval == 0) {
            nextSend = self.now();
        }
        if (options.flood) {
            if (!options.quiet) {
                self.print("\b \b");
            }
            return;
        }
        if (options.quiet) {
            return;
        }
        int from = received.packet().source();
        boolean differs = from != target && !Ipv4.isMulticast(target) && target != Ipv4.BROADCAST
                && self.network().routing().addressType(target) != RouteType.BROADCAST;
        print(data.length() + IcmpMessage.HEADER_LENGTH + " bytes from " + host(from) + ": icmp_seq=" + sequence
                + (options.verbose ? " ident=" + identifier : "") + " ttl=" + received.packet().ttl()
                + (timed ? " time=" + PingStatistics.time(roundTrip) + " ms" : "") + (duplicate ? " (DUP!)" : "")
                + (differs ? " (DIFFERENT ADDRESS!)" : "")
                + (options.audible ? "\u0007" : "")
                + recorded.text(received.packet().options()));
    }

    /** Reads the error queue; whether one of the errors was about this run's echoes. */
    private boolean takeErrors() {
        boolean any = false;
        for (ErrorQueue.Entry entry = socket.errors().take(); entry != null; entry = socket.errors().take()) {
            if (!isOurs(entry.quoted().beginning()) || entry.quoted().destination() != target
                    || entry.error().type() == IcmpMessage.REDIRECT) {
                continue;
            }
            any = true;
            statistics.errors++;
            int sequence = ((IcmpMessage) entry.quoted().beginning()).sequence();
            answered.add(sequence);
            statistics.acknowledged(sequence);
            if (options.flood && !options.quiet) {
                self.print("\bE");
            } else if (!options.quiet) {
                print("From " + host(entry.from()) + " icmp_seq=" + sequence + " " + IcmpText.of(entry.error()));
            }
        }
        return any;
    }

    private boolean isOurs(dev.vethlab.engine.packet.Transport quoted) {
        return quoted instanceof IcmpMessage echo && echo.type() == IcmpMessage.ECHO_REQUEST && echo.identifier() == identifier;
    }

    // ---- words ----

    private void print(String line) {
        String stamp = options.timestamps
                ? String.format(Locale.ROOT, "[%d.%06d] ", CalendarTime.seconds(self.now()), CalendarTime.nanos(self.now()) / 1000)
                : "";
        self.println(stamp + line);
    }

    private String host(int address) {
        if (options.numeric) {
            return Ipv4.text(address);
        }
        String known = names.get(address);
        if (known == null) {
            String found = Resolver.reverse(self, address);
            known = found == null ? Ipv4.text(address) : found + " (" + Ipv4.text(address) + ")";
            names.put(address, known);
        }
        return known;
    }
}
