package dev.vethlab.engine.command.conntrack;

import dev.vethlab.engine.kernel.conntrack.Conntrack;
import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.conntrack.ConntrackListener;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.sim.CalendarTime;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayDeque;
import java.util.Locale;

/** {@code conntrack -E}: what happens to connections, until a signal ends it. */
final class ConntrackEvents implements ConntrackListener {
    /** Beyond this many unread events the kernel forgets some ({@code ENOBUFS}). */
    private static final int MAX_UNREAD = 2000;

    private final EmulatedProcess self;
    private final ConntrackOptions options;
    private final EntryText text;
    private final WaitQueue changed;
    private final ArrayDeque<String> unread = new ArrayDeque<>();
    private boolean ended;
    private int shown;

    private ConntrackEvents(EmulatedProcess self, ConntrackOptions options) {
        this.self = self;
        this.options = options;
        this.text = new EntryText(options.outputs.contains("extended"), options.outputs.contains("id"), false);
        this.changed = new WaitQueue(self.simulation());
    }

    static void watch(EmulatedProcess self, Conntrack table, ConntrackOptions options) {
        var events = new ConntrackEvents(self, options);
        table.addListener(events);
        self.onExit(() -> table.removeListener(events));
        Runnable end = () -> {
            events.ended = true;
            events.changed.wakeAll();
        };
        self.onSignal(Signal.INT, end);
        self.onSignal(Signal.TERM, end);
        while (!events.ended) {
            self.await(events.changed, () -> events.ended || !events.unread.isEmpty(), EmulatedProcess.FOREVER);
            while (!events.unread.isEmpty()) {
                self.println(events.unread.poll());
                events.shown++;
            }
        }
        self.error(ConntrackException.PREFIX + events.shown
                + (options.table.equals("expect") ? " expectation" : " flow") + " events have been shown.");
    }

    @Override
    public void happened(Kind kind, ConntrackEntry entry, String by) {
        boolean wanted = options.events.isEmpty() || options.events.contains(kind.name());
        if (!wanted || !options.filter.accepts(entry) || unread.size() >= MAX_UNREAD) {
            return;
        }
        long now = self.now();
        String time = options.outputs.contains("timestamp")
                ? String.format(Locale.ROOT, "[%d.%06d]\t", CalendarTime.seconds(now), CalendarTime.nanos(now) / 1000)
                : "";
        String name = "[" + kind + "]";
        String origin = by.isEmpty() ? "" : " [USERSPACE] portid=" + self.pid() + " progname=" + by;
        String told = text.event(entry, now, kind == ConntrackListener.Kind.DESTROY);
        unread.add(time + " ".repeat(9 - name.length()) + name + " " + told + origin);
        changed.wakeAll();
    }
}
