package dev.vethlab.engine.command.core;

import com.google.re2j.Pattern;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.shell.expand.Glob;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code grep}, {@code egrep} and {@code fgrep} of GNU grep 3. */
final class Grep {
    private final EmulatedProcess self;
    private final Getopt options;
    private final List<SearchPattern> patterns = new ArrayList<>();
    private final int before;
    private final int after;
    private final long most;
    private final GrepOutput output;
    private boolean found;
    private boolean failed;

    private Grep(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
        this.before = number(options.has("B") ? "B" : "C");
        this.after = number(options.has("A") ? "A" : "C");
        this.most = options.has("m") ? number("m") : Long.MAX_VALUE;
        this.output = new GrepOutput(self, options, patterns);
    }

    static int main(EmulatedProcess self) {
        List<String> argv = new ArrayList<>();
        for (String word : Gnu.argv(self)) {
            argv.add(word.matches("-\\d+") && !argv.isEmpty() ? "-C" + word.substring(1) : word);
        }
        Getopt options = Gnu.parse(self, argv, "EFGPe:f:ivwxyclLqsnHhorRm:A:B:C:abzZTUId:D:", "extended-regexp=E", "fixed-strings=F",
                "basic-regexp=G",
                "perl-regexp=P", "regexp:=e", "file:=f", "ignore-case=i", "invert-match=v", "word-regexp=w", "line-regexp=x", "count=c",
                "files-with-matches=l", "files-without-match=L", "quiet=q", "silent=q", "no-messages=s", "line-number=n", "with-filename=H",
                "no-filename=h", "only-matching=o", "recursive=r", "dereference-recursive=R", "max-count:=m", "after-context:=A",
                "before-context:=B", "context:=C", "color::", "colour::=color", "line-buffered", "include:", "exclude:", "exclude-dir:",
                "text=a", "byte-offset=b", "null-data=z", "null=Z", "initial-tab=T", "binary=U", "directories:=d", "devices:=D");
        if (options.error() != null) {
            self.error(options.error());
            usage(self);
            return 2;
        }
        String directories = options.value("d");
        if (directories != null && !List.of("read", "recurse", "skip").contains(directories)) {
            self.error("grep: invalid argument " + Gnu.quote(self, directories) + " for " + Gnu.quote(self, "--directories")
                    + "\nValid arguments are:");
            List.of("read", "recurse", "skip").forEach(valid -> self.error("  - " + Gnu.quote(self, valid)));
            usage(self);
            return 1;
        }
        return new Grep(self, options).run();
    }

    private static void usage(EmulatedProcess self) {
        self.error("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.");
    }

    private int number(String option) {
        String value = options.value(option);
        if (value == null) {
            return 0;
        }
        if (!value.matches("\\d{1,9}")) {
            self.error("grep: " + value + ": invalid " + (option.equals("m") ? "max count" : "context length argument"));
            self.exit(2);
        }
        return Integer.parseInt(value);
    }

    private int run() {
        List<String> files = new ArrayList<>(options.operands());
        List<String> sources = new ArrayList<>();
        for (Getopt.Option option : options.options()) {
            if (option.name().equals("e")) {
                sources.add(option.value());
            } else if (option.name().equals("f")) {
                boolean[] unread = {false};
                sources.addAll(LineReader.all(self, List.of(option.value()), unread));
                if (unread[0]) {
                    return 2;
                }
            }
        }
        if (!options.has("e") && !options.has("f")) {
            if (files.isEmpty()) {
                usage(self);
                return 2;
            }
            sources.add(files.removeFirst());
        }
        try {
            for (String source : sources) {
                for (String line : source.split("\n", -1)) {
                    SearchPattern pattern = pattern(line);
                    if (pattern == null) {
                        return Unsupported.answer(self, "grep -P: this kind of look-around is not emulated");
                    }
                    patterns.add(pattern);
                }
            }
        } catch (Regex.Mistake e) {
            self.error("grep: " + e.getMessage());
            return 2;
        }
        boolean recursive = options.has("r") || options.has("R") || "recurse".equals(options.value("d"));
        if (files.isEmpty()) {
            files.add(recursive ? "." : "-");
        }
        output.titles = options.has("H") || !options.has("h") && (files.size() > 1 || recursive && isDirectory(files.getFirst()));
        for (String file : files) {
            visit(file, recursive, true);
            if (found && options.has("q")) {
                return 0;
            }
        }
        return failed ? 2 : found ? 0 : 1;
    }

    private @Nullable SearchPattern pattern(String source) throws Regex.Mistake {
        boolean ignoreCase = options.has("i") || options.has("y");
        boolean fixed = options.has("F") || self.name().equals("fgrep");
        Regex.Syntax syntax = options.has("E") || self.name().equals("egrep") ? Regex.Syntax.EGREP : Regex.Syntax.GREP;
        if (!options.has("w") && !options.has("x")) {
            return fixed ? SearchPattern.of(Regex.literal(source, ignoreCase))
                    : options.has("P") ? SearchPattern.perl(self, source, ignoreCase)
                    : SearchPattern.of(Regex.compile(self, source, syntax, ignoreCase));
        }
        Pattern inner = fixed ? Regex.literal(source, ignoreCase) : Regex.compile(self, source, syntax, ignoreCase);
        String wrapped = options.has("x") ? "^(?:" + inner.pattern() + ")$" : "(?:^|\\b)(?:" + inner.pattern() + ")(?:\\b|$)";
        return SearchPattern.of(Pattern.compile(wrapped, inner.flags()));
    }

    private boolean isDirectory(String name) {
        try {
            return !name.equals("-") && self.context().files().stat(self, name).isDirectory();
        } catch (KernelException e) {
            return false;
        }
    }

    private void visit(String name, boolean recursive, boolean named) {
        try {
            if (!name.equals("-")) {
                Node node = self.context().files().stat(self, name);
                if (node.isDirectory()) {
                    if (recursive) {
                        directory(name);
                    } else if (!"skip".equals(options.value("d"))) {
                        throw new KernelException(Errno.EISDIR);
                    }
                    return;
                }
                if (!named && (node.type() != '-' || !included(name))) {
                    return;
                }
            }
            try (LineReader lines = LineReader.open(self, name, options.has("z") ? 0 : '\n')) {
                search(name.equals("-") ? "(standard input)" : name, lines);
            }
        } catch (KernelException e) {
            failed = true;
            if (!options.has("s")) {
                Gnu.complain(self, name, e);
            }
        }
    }

    private boolean included(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String include = options.value("include");
        String exclude = options.value("exclude");
        return (include == null || Glob.matches(include, name)) && (exclude == null || !Glob.matches(exclude, name));
    }

    private void directory(String directory) throws KernelException {
        for (Map.Entry<String, Node> entry : self.context().files().list(self, directory).entrySet()) {
            if (entry.getValue().type() != 'l' || options.has("R")) {
                String base = directory.equals(".") && options.operands().size() < 2 ? "" : directory.endsWith("/") ? directory : directory
                        + "/";
                visit(base + entry.getKey(), true, false);
            }
        }
    }

    private boolean matches(String line) {
        for (SearchPattern pattern : patterns) {
            if (pattern.next(line, 0) != null) {
                return !options.has("v");
            }
        }
        return options.has("v");
    }

    private record Held(String text, long offset) {}

    private void search(String name, LineReader lines) {
        boolean silent = options.has("c") || options.has("l") || options.has("L") || options.has("q");
        boolean text = options.has("a") || options.has("z");
        boolean binary = false;
        var held = new ArrayDeque<Held>();
        long number = 0;
        long offset = 0;
        long count = 0;
        long lastPrinted = 0;
        int following = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            number++;
            binary |= !text && line.indexOf('\0') >= 0;
            if (binary && options.has("I")) {
                break;
            }
            if (count < most && matches(line)) {
                count++;
                found = true;
                if (options.has("q") || options.has("l") || options.has("L")) {
                    break;
                }
                if (!silent && binary) {
                    self.println("grep: " + name + ": binary file matches");
                    break;
                }
                if (!silent) {
                    long first = number - held.size();
                    if ((options.has("A") || options.has("B") || options.has("C")) && lastPrinted > 0 && first > lastPrinted + 1) {
                        output.gap();
                    }
                    for (Held earlier : held) {
                        output.line(name, first++, earlier.offset, false, earlier.text);
                    }
                    held.clear();
                    show(name, number, offset, line);
                    lastPrinted = number;
                    following = after;
                }
                if (count == most && after == 0) {
                    break;
                }
            } else if (following > 0) {
                output.line(name, number, offset, false, line);
                lastPrinted = number;
                following--;
            } else if (count == most) {
                break;
            } else if (before > 0) {
                held.add(new Held(line, offset));
                if (held.size() > before) {
                    held.poll();
                }
            }
            offset += options.has("b") ? GrepOutput.bytes(line) + 1 : 0;
        }
        if (options.has("c")) {
            output.count(name, count);
        }
        if (options.has("l") && count > 0 || options.has("L") && count == 0) {
            output.name(name);
        }
    }

    private void show(String name, long number, long offset, String line) {
        if (!options.has("o")) {
            output.line(name, number, offset, true, line);
        } else if (!options.has("v")) {
            output.matches(name, number, offset, line);
        }
    }
}
