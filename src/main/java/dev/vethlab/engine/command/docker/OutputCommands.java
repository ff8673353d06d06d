package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Output;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;

/** What containers wrote: {@code logs}, {@code attach}. */
final class OutputCommands {
    static final List<Command> ALL = List.of(
            new Command("[OPTIONS] CONTAINER", "Fetch the logs of a container", 1, 1, true, Flags.declare("""
                    --details   Show extra details provided to logs
                    -f, --follow   Follow log output
                    --since string   Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)
                    -n, --tail string   Number of lines to show from the end of the logs (default "all")
                    -t, --timestamps   Show timestamps
                    --until string   Show logs before a timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)
                    """), List.of("container logs", "logs"), OutputCommands::logs),
            new Command("[OPTIONS] CONTAINER", "Attach local standard input, output, and error streams to a running container", 1, 1, true,
                    Flags.declare("""
                            !--detach-keys string   Override the key sequence for detaching a container
                            --no-stdin   Do not attach STDIN
                            --sig-proxy   Proxy all received signals to the process (default true)
                            """), List.of("container attach", "attach"), OutputCommands::attach));

    private OutputCommands() {}

    // ---- logs ----

    /** A line, or the beginning of one. */
    record Line(long time, boolean error, Bytes data) {}

    private static int logs(Command.Call call) throws EngineException {
        ContainerView container = call.engine().containers().find(call.argument(0));
        if (container.hostConfig().logDriver.equals("none")) {
            throw EngineException.internal("configured logging driver does not support reading");
        }
        ParsedFlags flags = call.flags();
        long since;
        long until;
        try {
            since = ClientTime.nanos(flags.text("since"), call.self().now(), Long.MIN_VALUE, "since");
            until = ClientTime.nanos(flags.text("until"), call.self().now(), Long.MAX_VALUE, "until");
        } catch (EngineException e) {
            return complain(call, e);
        }
        long position = container.log().end();
        List<Line> lines = new ArrayList<>(lines(container.log().from(0)));
        lines.removeIf(line -> line.time() < since || line.time() > until);
        String tail = flags.text("tail", "all");
        if (tail.matches("\\d{1,9}") && Integer.parseInt(tail) < lines.size()) {
            lines = lines.subList(lines.size() - Integer.parseInt(tail), lines.size());
        }
        var style = new Style(flags.flag("timestamps"), flags.flag("details"));
        lines.forEach(line -> show(call.self(), line, style));
        return flags.flag("follow") ? follow(call.self(), container, position, style) : 0;
    }

    private static int follow(EmulatedProcess self, ContainerView container, long from, Style style) {
        long position = from;
        while (true) {
            boolean over = !container.state().isRunning() || container.isRemoved();
            List<Output.Entry> entries = container.log().from(position);
            position = container.log().end();
            lines(entries).forEach(line -> show(self, line, style));
            if (over) {
                return 0;
            }
            long seen = position;
            self.await(List.of(container.log().changed(), container.changed()),
                    () -> container.log().end() > seen || !container.state().isRunning() || container.isRemoved(), EmulatedProcess.FOREVER);
        }
    }

    /** What stands before a line: when it was written, and its attributes, of which the only log driver here has none. */
    private record Style(boolean timestamps, boolean details) {}

    private static void show(EmulatedProcess self, Line line, Style style) {
        String head = (style.timestamps() ? DockerTime.rfc3339Fixed(line.time()) + " " : "") + (style.details() ? " " : "");
        Bytes data = head.isEmpty() ? line.data() : Bytes.of(head).concat(line.data());
        self.descriptor(line.error() ? 2 : 1).write(self, data);
    }

    /** Writes cut into lines; what one write left open, the next of the same stream continues. */
    static List<Line> lines(List<Output.Entry> entries) {
        var lines = new ArrayList<Line>();
        for (Output.Entry entry : entries) {
            Bytes rest = entry.data();
            while (!rest.isEmpty()) {
                int end = 0;
                while (end < rest.length() && rest.get(end) != '\n') {
                    end++;
                }
                int cut = Math.min(end + 1, rest.length());
                add(lines, new Line(entry.time(), entry.error(), rest.slice(0, cut)));
                rest = rest.slice(cut);
            }
        }
        return lines;
    }

    private static void add(List<Line> lines, Line line) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            Line before = lines.get(i);
            if (before.error() == line.error()) {
                boolean open = before.data().get(before.data().length() - 1) != '\n';
                if (open) {
                    lines.set(i, new Line(before.time(), before.error(), before.data().concat(line.data())));
                    return;
                }
                break;
            }
        }
        lines.add(line);
    }

    /** Not an error of the engine's: the client cannot make a time of what was given. */
    private static int complain(Command.Call call, EngineException e) {
        call.error(e.message());
        return 1;
    }

    // ---- attach ----

    private static int attach(Command.Call call) throws EngineException {
        ContainerView container = call.engine().containers().find(call.argument(0));
        if (!container.state().isRunning()) {
            call.error("You cannot attach to a stopped container, start it first");
            return 1;
        }
        if (container.state().isPaused()) {
            call.error("You cannot attach to a paused container, unpause it first");
            return 1;
        }
        var attachment = new Attachment(call.self(), call.engine(), container);
        if (call.flags().flag("sig-proxy", true)) {
            attachment.forwardSignals();
        }
        return attachment.follow();
    }
}
