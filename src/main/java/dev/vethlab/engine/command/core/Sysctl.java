package dev.vethlab.engine.command.core;

import com.google.re2j.Pattern;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.command.net.busybox.Busybox;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.FileError;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code sysctl} (procps): reads and writes the files below {@code /proc/sys}. */
final class Sysctl {
    private final EmulatedProcess self;
    private final Getopt options;
    private static final String USAGE = """
            Usage: sysctl [-enq] { -a | -p [FILE]... | [-w] [KEY[=VALUE]]... }

            Show/set kernel parameters

            \t-e\tDon't warn about unknown keys
            \t-n\tDon't show key names
            \t-q      Quiet
            \t-a\tShow all values
            \t-p\tSet values from FILEs (default /etc/sysctl.conf)
            \t-w\tSet values
            """;

    private final @Nullable Pattern pattern;
    private int status;
    private @Nullable StringBuilder held;

    private Sysctl(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
        this.pattern = pattern(self, options.value("r"));
    }

    private static @Nullable Pattern pattern(EmulatedProcess self, @Nullable String regex) {
        try {
            return regex == null ? null : Regex.compile(self, regex, Regex.Syntax.EXTENDED, false);
        } catch (Regex.Mistake mistake) {
            self.error("sysctl: " + mistake.getMessage());
            self.exit(1);
            throw new IllegalStateException(mistake);
        }
    }

    static int main(EmulatedProcess self) {
        if (Applet.is(self)) {
            String wrong = Getopt.parse(Gnu.argv(self), "+neAapwq").error();
            if (wrong != null) {
                return Busybox.usage(self, wrong, USAGE);
            }
        }
        Getopt options = Gnu.options(self, "abeNnqwpfAr:X", "all=a", "binary=b", "ignore=e", "names=N", "values=n", "quiet=q", "write=w",
                "load::=p",
                "pattern:=r", "system");
        if (options == null) {
            return 1;
        }
        var sysctl = new Sysctl(self, options);
        if (options.has("p") || options.has("f") || options.has("system")) {
            String file = options.value("p");
            sysctl.load(file == null || file.isEmpty() ? options.operands() : List.of(file));
        } else if (options.has("a") || options.has("A")) {
            sysctl.tree("/proc/sys");
        } else if (options.operands().isEmpty()) {
            if (Applet.is(self)) {
                return 0;
            }
            self.error("sysctl: no variables specified");
            Gnu.tryHelp(self);
            return 1;
        } else {
            options.operands().forEach(sysctl::operand);
        }
        return sysctl.status;
    }

    private void operand(String text) {
        int equals = text.indexOf('=');
        if (equals >= 0) {
            write(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
        } else if (options.has("w")) {
            self.error(Applet.words(self, "sysctl: command line(0): invalid syntax, continuing...",
                    "sysctl: error: '" + text + "' must be of the form name=value"));
            status = 1;
        } else {
            read(text);
        }
    }

    /** Dots between the components, or slashes; the other one belongs to a component (sysctl.d(5)). */
    private static String path(String name) {
        int dot = name.indexOf('.');
        int slash = name.indexOf('/');
        String path = slash >= 0 && (dot < 0 || slash < dot) ? name : swap(name);
        return "/proc/sys/" + path;
    }

    private static String swap(String name) {
        return name.replace('/', '\0').replace('.', '/').replace('\0', '.');
    }

    private static String name(String path) {
        return swap(path.substring("/proc/sys/".length()));
    }

    private void complain(String name, KernelException e) {
        if (e.errno() == Errno.EOPNOTSUPP) {
            status = Unsupported.answer(self, "sysctl: another value of " + name + " is not emulated");
            return;
        }
        if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
            if (options.has("e")) {
                return;
            }
            self.error(Applet.words(self, "sysctl: cannot stat " + path(name) + ": " + Errno.ENOENT.message(),
                    "sysctl: error: '" + name + "' is an unknown key"));
        } else if (e.errno() == Errno.EACCES || e.errno() == Errno.EPERM || e.errno() == Errno.EROFS) {
            self.error(Applet.words(self, "sysctl: permission denied on key \"" + name + "\"",
                    "sysctl: error setting key '" + name + "': " + e.errno().message()));
        } else {
            self.error(Applet.words(self, "sysctl: setting key \"" + name + "\": " + e.errno().message(),
                    "sysctl: write error: " + e.errno().message()));
        }
        status = 1;
    }

    private void write(String name, String value) {
        FileSystem files = self.context().files();
        try {
            files.stat(self, path(name));
            OpenFile file = files.open(self, path(name), OpenMode.WRITE);
            file.retain();
            try {
                file.write(self, Bytes.of(value + "\n"));
            } catch (FileError e) {
                throw new KernelException(e.errno());
            } finally {
                file.release();
            }
            if (!options.has("q")) {
                print(name(path(name)), value);
            }
        } catch (KernelException e) {
            complain(name, e);
        }
    }

    private void print(String name, String value) {
        if (pattern != null && !pattern.matcher(name).find()) {
            return;
        }
        String line = options.has("N") ? name : options.has("n") ? value : name + " = " + value;
        if (held == null) {
            self.println(line);
        } else {
            held.append(line).append('\n');
        }
    }

    private void read(String name) {
        String path = path(name);
        try {
            if (self.context().files().stat(self, path).isDirectory()) {
                tree(path);
                return;
            }
            print(name(path), self.context().files().readAll(self, path).text().stripTrailing());
        } catch (KernelException e) {
            complain(name, e);
        }
    }

    private void tree(String directory) {
        try {
            for (Map.Entry<String, Node> entry : self.context().files().list(self, directory).entrySet()) {
                String path = directory + "/" + entry.getKey();
                if (entry.getValue().isDirectory()) {
                    tree(path);
                } else {
                    read(name(path));
                }
            }
        } catch (KernelException e) {
            complain(name(directory), e);
        }
    }

    /** Reads all files, then sets what they say; where nobody watches, what was set is told at the end ({@code stdio}). */
    private void load(List<String> names) {
        List<String> settings = new ArrayList<>();
        for (String file : names.isEmpty() ? List.of("/etc/sysctl.conf") : names) {
            if (self.context().files().isDirectory(self, file)) {
                continue;
            }
            if (!file.equals("-") && !self.context().files().exists(self, file)) {
                self.error(Applet.words(self, "sysctl: cannot open \"" + file + "\": " + Errno.ENOENT.message(),
                        "sysctl: can't open '" + file + "': " + Errno.ENOENT.message()));
                status = 1;
                continue;
            }
            boolean[] failed = {false};
            int number = 0;
            for (String line : LineReader.all(self, List.of(file), failed)) {
                number++;
                String text = line.strip();
                if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
                    continue;
                }
                if (text.indexOf('=') < 0) {
                    self.error("sysctl: " + file + "(" + number + "): invalid syntax, continuing...");
                } else {
                    settings.add(text);
                }
            }
            status |= failed[0] ? 1 : 0;
        }
        held = self.descriptor(1).isTerminal() ? null : new StringBuilder();
        for (String setting : settings) {
            int before = status;
            boolean mayFail = setting.startsWith("-");
            operand(mayFail ? setting.substring(1) : setting);
            status = mayFail ? before : status;
        }
        if (held != null) {
            self.print(held.toString());
        }
    }
}
