package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code head} and {@code tail}. */
final class HeadTail {
    private static final long POLL = 1_000_000_000L;

    private final EmulatedProcess self;
    private final Getopt options;
    private boolean printed;

    private HeadTail(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
    }

    /** A number of lines or bytes; {@code sign} is {@code +}, {@code -} or a blank. */
    private record Count(char sign, long number) {}

    private static @Nullable Getopt parse(EmulatedProcess self, String shorts, String... longs) {
        // the old form: -5 is -n 5, tail's +5 is -n +5
        List<String> argv = new ArrayList<>(Gnu.argv(self));
        String old = null;
        if (argv.size() > 1 && argv.get(1).matches("-\\d+[a-z]*")) {
            String word = argv.remove(1);
            int end = 1;
            while (end < word.length() && Character.isDigit(word.charAt(end))) {
                end++;
            }
            old = word.substring(1, end);
            argv.add(1, "-n" + old);
            if (end < word.length()) {
                argv.add(2, "-" + word.substring(end));
            }
        }
        Getopt options = Gnu.parse(self, argv, shorts, longs);
        if (options.error() != null) {
            self.error(options.error());
            Gnu.tryHelp(self);
            return null;
        }
        if (old != null && self.name().equals("tail") && options.operands().size() > 1) {
            self.error("tail: option used in invalid context -- " + old);
            return null;
        }
        return options;
    }

    private @Nullable Count count(String option, String what) {
        String text = options.value(option);
        if (text == null) {
            return null;
        }
        String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        OptionalLong number = SizeFormat.parse(digits);
        if (number.isEmpty()) {
            self.error(self.name() + ": invalid number of " + what + ": " + Gnu.quote(self, text));
            self.exit(1);
        }
        return new Count(text.startsWith("-") ? '-' : text.startsWith("+") ? '+' : ' ', number.getAsLong());
    }

    static int head(EmulatedProcess self) {
        Getopt options = parse(self, "n:c:qvz", "lines:=n", "bytes:=c", "quiet=q", "silent=q", "verbose=v", "zero-terminated=z");
        if (options == null) {
            return 1;
        }
        var head = new HeadTail(self, options);
        Count bytes = head.count("c", "bytes");
        Count given = head.count("n", "lines");
        Count lines = given == null ? new Count(' ', 10) : given;
        return Inputs.forEach(self, Gnu.files(options), Gnu.lineEnd(options), (name, reader) -> {
            head.title(name);
            if (bytes != null) {
                head.firstBytes(reader, bytes);
            } else if (lines.sign == '-') {
                head.allButLast(reader, lines.number);
            } else {
                head.first(reader, lines.number);
            }
        });
    }

    private void title(String name) {
        boolean shows = options.has("v") || options.operands().size() > 1 && !options.has("q");
        if (shows) {
            self.println((printed ? "\n" : "") + "==> " + (name.equals("-") ? "standard input" : name) + " <==");
        }
        printed = true;
    }

    private void line(LineReader reader, String line) {
        self.print(line + (reader.endsWithoutNewline() ? "" : String.valueOf(Gnu.lineEnd(options))));
    }

    private void first(LineReader reader, long count) {
        for (long i = 0; i < count; i++) {
            String line = reader.next();
            if (line == null) {
                return;
            }
            line(reader, line);
        }
    }

    private void allButLast(LineReader reader, long count) {
        var held = new ArrayDeque<String>();
        for (String line = reader.next(); line != null; line = reader.next()) {
            held.add(line);
            if (held.size() > count) {
                self.println(held.poll());
            }
        }
    }

    /** Passed on as they come: who reads from a pipe may be waiting, and {@code /dev/zero} never ends. */
    private void firstBytes(LineReader reader, Count count) {
        if (count.sign == '-') {
            Bytes all = reader.rest();
            self.descriptor(1).write(self, all.slice(0, (int) Math.max(0, all.length() - count.number)));
            return;
        }
        long left = count.number;
        while (left > 0) {
            Bytes part = reader.bytes((int) Math.min(65536, left));
            if (part.isEmpty()) {
                return;
            }
            self.descriptor(1).write(self, part);
            left -= part.length();
        }
    }

    static int tail(EmulatedProcess self) {
        Getopt options = parse(self, "n:c:fFqvs:", "lines:=n", "bytes:=c", "follow=f", "retry=F", "quiet=q", "silent=q", "verbose=v",
                "pid:", "sleep-interval:=s");
        if (options == null) {
            return 1;
        }
        var tail = new HeadTail(self, options);
        Count bytes = tail.count("c", "bytes");
        Count given = tail.count("n", "lines");
        Count lines = given == null ? new Count(' ', 10) : given;
        int status = Inputs.forEach(self, Gnu.files(options), (name, reader) -> {
            tail.title(name);
            if (bytes != null) {
                Bytes all = reader.rest();
                long start = bytes.sign == '+' ? bytes.number - 1 : all.length() - bytes.number;
                self.descriptor(1).write(self, all.slice((int) Math.clamp(start, 0, all.length())));
            } else if (lines.sign == '+') {
                for (long i = 1; i < lines.number && reader.next() != null; i++) {
                    // skipped
                }
                tail.first(reader, Long.MAX_VALUE);
            } else {
                tail.last(reader, lines.number);
            }
        });
        if (options.has("f") || options.has("F")) {
            tail.follow(Gnu.files(options));
        }
        return status;
    }

    private void last(LineReader reader, long count) {
        var held = new ArrayDeque<String>();
        for (String line = reader.next(); line != null; line = reader.next()) {
            held.add(line);
            if (held.size() > count) {
                held.poll();
            }
        }
        while (!held.isEmpty()) {
            String line = held.poll();
            self.print(line + (held.isEmpty() && reader.endsWithoutNewline() ? "" : "\n"));
        }
    }

    /** Looks every second for what was appended, until a signal ends it. */
    private void follow(List<String> names) {
        var files = new ArrayList<OpenFile>();
        var shown = new ArrayList<String>();
        for (String name : names) {
            if (name.equals("-")) {
                continue;
            }
            try {
                OpenFile file = self.context().files().open(self, name, OpenMode.READ);
                while (!file.read(self, 65536).isEmpty()) {
                    // what is there has been printed
                }
                files.add(file);
                shown.add(name);
            } catch (KernelException e) {
                // has been complained of
            }
        }
        if (files.isEmpty()) {
            if (!names.contains("-")) {
                self.error("tail: no files remaining");
            }
            return;
        }
        int current = files.size() - 1;
        while (true) {
            self.sleep(POLL);
            for (int i = 0; i < files.size(); i++) {
                for (Bytes part = files.get(i).read(self, 65536); !part.isEmpty(); part = files.get(i).read(self, 65536)) {
                    if (i != current) {
                        title(shown.get(i));
                        current = i;
                    }
                    self.descriptor(1).write(self, part);
                }
            }
        }
    }
}
