package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.file.NullFile;
import dev.vethlab.engine.process.file.OpenFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code xargs}. */
final class Xargs {
    private static final int MAX_ARGUMENTS = 5_000;

    private Xargs() {}

    static int main(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "+0rtn:I:L:P:d:pxs:E:", "null=0", "no-run-if-empty=r", "verbose=t", "max-args:=n", "replace:=I",
                "max-lines:=L", "max-procs:=P", "delimiter:=d");
        if (options == null) {
            return 1;
        }
        List<String> command = options.operands().isEmpty() ? List.of("echo") : options.operands();
        String replaced = options.value("I");
        List<String> items = items(self, options, replaced != null || options.has("L"));
        if (items == null) {
            return 1;
        }
        Executable program = Running.find(self, command.getFirst());
        if (program == null) {
            return Running.notFound(self, command.getFirst());
        }
        String count = options.value("n") != null ? options.value("n") : options.value("L");
        if (count != null && !count.matches("[1-9]\\d{0,5}")) {
            self.error("xargs: invalid number \"" + count + "\" for -n option");
            return 1;
        }
        int size = replaced != null ? 1 : count == null ? MAX_ARGUMENTS : Integer.parseInt(count);
        int status = 0;
        if (items.isEmpty()) {
            return options.has("r") || replaced != null ? 0 : code(run(self, options, program, command));
        }
        for (int from = 0; from < items.size(); from += size) {
            List<String> part = items.subList(from, Math.min(items.size(), from + size));
            List<String> argv = new ArrayList<>();
            if (replaced != null) {
                command.forEach(word -> argv.add(word.replace(replaced, part.getFirst())));
            } else {
                argv.addAll(command);
                part.forEach(item -> argv.addAll(options.has("L") ? List.of(item.strip().split("\\s+")) : List.of(item)));
            }
            int one = run(self, options, program, argv);
            status = Math.max(status, code(one));
            if (one == 255) {
                self.error("xargs: " + command.getFirst() + ": exited with status 255; aborting");
                return 124;
            }
        }
        return status;
    }

    private static int code(int status) {
        return status == 0 ? 0 : status == 126 || status == 127 ? status : status > 128 ? 125 : 123;
    }

    private static int run(EmulatedProcess self, Getopt options, Executable program, List<String> argv) {
        if (options.has("t")) {
            self.error(String.join(" ", argv));
        }
        List<OpenFile> files = new ArrayList<>(self.descriptors());
        files.set(0, new NullFile());
        return self.waitFor(self.spawn(program, argv, self.context().copy(), files));
    }

    private static @Nullable List<String> items(EmulatedProcess self, Getopt options, boolean byLine) {
        LineReader reader = LineReader.of(self, self.descriptor(0));
        String text = reader.rest().text();
        List<String> items = new ArrayList<>();
        String delimiter = options.has("0") ? "\0" : options.has("d") ? String.valueOf(options.value("d")).replace("\\n", "\n")
                .replace("\\t", "\t") : null;
        if (delimiter != null && !delimiter.isEmpty()) {
            int from = 0;
            for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
                items.add(text.substring(from, at));
                from = at + delimiter.length();
            }
            if (from < text.length()) {
                items.add(text.substring(from));
            }
            return items;
        }
        if (byLine) {
            text.lines().filter(line -> !line.isBlank()).forEach(line -> items.add(line.stripLeading()));
            return items;
        }
        var item = new StringBuilder();
        boolean any = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                int end = text.indexOf(c, i + 1);
                if (end < 0) {
                    self.error("xargs: unmatched " + (c == '"' ? "double" : "single")
                            + " quote; by default quotes are special to xargs unless you use the -0 option");
                    return null;
                }
                item.append(text, i + 1, end);
                any = true;
                i = end;
            } else if (c == '\\' && i + 1 < text.length()) {
                item.append(text.charAt(++i));
                any = true;
            } else if (Character.isWhitespace(c)) {
                if (any) {
                    items.add(item.toString());
                }
                item.setLength(0);
                any = false;
            } else {
                item.append(c);
                any = true;
            }
        }
        if (any) {
            items.add(item.toString());
        }
        return items;
    }
}
