package dev.vethlab.engine.command.net.iperf;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The running test at one end: sends or counts, and reports after each interval ({@code iperf_run_client}, {@code iperf_run_server}). */
final class Transfer {
    /**
     * What it takes a machine here to make a byte and to copy it: without {@code -b} this, and no link, bounds the rate (at 100 Mbit/s),
     * so that a test stays small.
     */
    private static final long NANOS_PER_BYTE = 80;

    private static final double NANOS = 1e9;
    /** A last interval shorter than this part of one is told only if something came in it. */
    private static final double SHORTEST = 0.1;

    private final EmulatedProcess self;
    private final Terms terms;
    private final List<Stream> streams;
    private final boolean sending;
    private final Report report;
    private final long interval;
    private final List<WaitQueue> queues = new ArrayList<>();
    private final long start;
    private long reported;
    private long nextReport;

    Transfer(EmulatedProcess self, Terms terms, List<Stream> streams, boolean sending, Report report, long interval, Control control) {
        this.self = self;
        this.terms = terms;
        this.streams = streams;
        this.sending = sending;
        this.report = report;
        this.interval = interval;
        this.start = self.now();
        this.reported = start;
        this.nextReport = interval == 0 ? Long.MAX_VALUE : start + interval;
        queues.add(control.socket().changed());
        streams.forEach(stream -> queues.add(stream.socket().changed()));
        if (!sending) {
            streams.forEach(Stream::receive);
        }
        report.heading(terms, sending);
    }

    /** Goes on until {@code over} holds, or time or amount are up; {@code ends} says whether this end is who looks at those. */
    void run(boolean ends, BooleanSupplier over) throws IperfException {
        long end = ends && terms.seconds() > 0 ? start + terms.seconds() * 1_000_000_000L : Long.MAX_VALUE;
        while (!over.getAsBoolean()) {
            if (self.now() >= nextReport) {
                reportInterval(nextReport);
                nextReport += interval;
                if (ends && isReached()) {
                    return;
                }
                continue;
            }
            if (self.now() >= end || (ends && interval == 0 && isReached())) {
                return;
            }
            long next = sending ? send() : Long.MAX_VALUE;
            long wake = Math.min(Math.min(next, nextReport), end);
            boolean blocked = sending && next == Long.MAX_VALUE && !allSent();
            self.await(queues, () -> over.getAsBoolean() || (blocked && streams.stream().anyMatch(Stream::canSend)),
                    wake == Long.MAX_VALUE ? EmulatedProcess.FOREVER : Math.max(0, wake - self.now()));
        }
    }

    /** Whether the amount is there; a receiver of TCP sees no blocks, and counts what they would be. */
    private boolean isReached() {
        return terms.isReached(bytes(), sending ? blocks() : bytes() / terms.length());
    }

    private boolean allSent() {
        return terms.isReached(bytes(), blocks());
    }

    private long bytes() {
        return streams.stream().mapToLong(Stream::bytes).sum();
    }

    private long blocks() {
        return streams.stream().mapToLong(Stream::blocks).sum();
    }

    /** One round over the streams; when the next may be, or never if they all wait for room. */
    private long send() throws IperfException {
        long next = Long.MAX_VALUE;
        for (Stream stream : streams) {
            if (allSent()) {
                return Long.MAX_VALUE;
            }
            long due = stream.due(start, terms.rate());
            if (due <= self.now() && stream.canSend()) {
                self.spend(stream.send() * NANOS_PER_BYTE);
                due = Math.max(self.now(), stream.due(start, terms.rate()));
            }
            if (stream.canSend()) {
                next = Math.min(next, due);
            }
        }
        return next;
    }

    /** The last interval, if there is something to say. */
    void finish() {
        long now = self.now();
        boolean longEnough = interval == 0 || now - reported >= interval * SHORTEST;
        if (longEnough || streams.stream().anyMatch(Stream::hasNews)) {
            reportInterval(now);
        }
    }

    private void reportInterval(long now) {
        report.interval(terms, sending, streams, (reported - start) / NANOS, (now - start) / NANOS);
        reported = now;
    }

    /** What was counted here, with the time that it took. */
    List<Outcome> outcomes() {
        double seconds = (self.now() - start) / NANOS;
        return streams.stream().map(stream -> stream.total(seconds)).toList();
    }
}
