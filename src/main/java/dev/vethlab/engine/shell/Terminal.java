package dev.vethlab.engine.shell;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.ProcessTable;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A terminal (tty(4)) in cooked mode: what is typed is echoed and edited here and goes to a reader line by line; Ctrl-C, Ctrl-\ and
 * Ctrl-Z become signals to the foreground process group.
 */
public final class Terminal extends OpenFile {
    private static final int MAX_INPUT = 65536;

    /** What a write takes, in nanoseconds: what only writes must not hold time still for ever. */
    private static final long WRITE_COST = 2_000;

    private static final long BYTE_COST = 10;

    private final ProcessTable table;
    private final Consumer<String> screen;
    private final WaitQueue typed;
    private final ArrayDeque<Bytes> lines = new ArrayDeque<>();
    private final StringBuilder line = new StringBuilder();
    private int columns;
    private int rows;
    private int foreground;
    private int queued;
    private boolean echoes = true;
    private boolean cooked = true;
    private boolean hungUp;

    /** A terminal that shows text by {@code screen}, with a carriage return before every newline. */
    public Terminal(ProcessTable table, int columns, int rows, Consumer<String> screen) {
        this.table = table;
        this.columns = columns;
        this.rows = rows;
        this.screen = screen;
        this.typed = new WaitQueue(table.simulation());
    }

    /** The terminal among a process's open files, if any. */
    public static @Nullable Terminal of(EmulatedProcess process) {
        for (OpenFile file : process.descriptors()) {
            if (file instanceof Terminal terminal) {
                return terminal;
            }
        }
        return null;
    }

    /** How wide the terminal is that a process prints to, in columns; 0 if it prints elsewhere. */
    public static int widthFor(EmulatedProcess process) {
        return process.descriptor(1) instanceof Terminal terminal ? terminal.columns : 0;
    }

    public int columns() {
        return columns;
    }

    public int rows() {
        return rows;
    }

    /** The window changed its size. */
    public void resize(int newColumns, int newRows) {
        columns = newColumns;
        rows = newRows;
        table.signalGroup(foreground, Signal.WINCH);
    }

    public int foreground() {
        return foreground;
    }

    public void setForeground(int group) {
        foreground = group;
    }

    /** Whether what is typed is shown, and edited line by line ({@code stty -echo raw}). */
    public void setMode(boolean echo, boolean cook) {
        echoes = echo;
        cooked = cook;
    }

    /** Keys were pressed. */
    public void type(String keys) {
        keys.chars().forEach(key -> key((char) key));
    }

    /** Ctrl-C, Ctrl-\ or Ctrl-Z. */
    public void signal(Signal signal) {
        show(signal == Signal.INT ? "^C" : signal == Signal.QUIT ? "^\\" : "^Z");
        line.setLength(0);
        lines.clear();
        queued = 0;
        table.signalGroup(foreground, signal);
    }

    /** Ctrl-D: ends the line, or the input if nothing stands on it. */
    public void endOfInput() {
        enqueue(line.toString());
        line.setLength(0);
    }

    /** The window is gone: readers find the end, and the foreground gets HUP. */
    public void hangUp() {
        hungUp = true;
        typed.wakeAll();
        table.signalGroup(foreground, Signal.HUP);
    }

    /** What was typed and read by nobody: forgotten here, for the shell's next line begins with it. */
    public String takeUnread() {
        var text = new StringBuilder();
        lines.forEach(bytes -> text.append(bytes.text()));
        text.append(line);
        lines.clear();
        line.setLength(0);
        queued = 0;
        return text.toString();
    }

    private void key(char key) {
        if (!cooked) {
            if (echoes) {
                show(String.valueOf(key));
            }
            enqueue(String.valueOf(key));
            return;
        }
        switch (key) {
            case 3 -> signal(Signal.INT);
            case 28 -> signal(Signal.QUIT);
            case 26 -> signal(Signal.TSTP);
            case 4 -> endOfInput();
            case '\r', '\n' -> {
                show("\n");
                enqueue(line.append('\n').toString());
                line.setLength(0);
            }
            case 127, '\b' -> {
                if (!line.isEmpty()) {
                    line.setLength(line.length() - 1);
                    show("\b \b");
                }
            }
            case 21 -> {
                show("\b \b".repeat(line.length()));
                line.setLength(0);
            }
            default -> {
                if (line.length() < MAX_INPUT) {
                    line.append(key);
                    show(String.valueOf(key));
                }
            }
        }
    }

    private void enqueue(String text) {
        if (queued + text.length() <= MAX_INPUT) {
            lines.add(Bytes.of(text));
            queued += text.length();
            typed.wakeAll();
        }
    }

    private void show(String text) {
        if (echoes) {
            screen.accept(text.replace("\n", "\r\n"));
        }
    }

    @Override
    public boolean canRead() {
        return !lines.isEmpty() || hungUp;
    }

    @Override
    public List<WaitQueue> readable() {
        return List.of(typed);
    }

    @Override
    public Bytes read(EmulatedProcess reader, int limit) {
        reader.await(typed, () -> !lines.isEmpty() || hungUp, EmulatedProcess.FOREVER);
        Bytes first = lines.poll();
        if (first == null) {
            return Bytes.EMPTY;
        }
        if (first.length() > limit) {
            lines.addFirst(first.slice(limit));
            first = first.slice(0, limit);
        }
        queued -= first.length();
        return first;
    }

    @Override
    public void write(EmulatedProcess writer, Bytes data) {
        screen.accept(data.shown().replace("\n", "\r\n"));
        if (!writer.isResident()) {
            writer.spend(WRITE_COST + BYTE_COST * data.length());
        }
    }

    @Override
    public boolean isTerminal() {
        return true;
    }
}
