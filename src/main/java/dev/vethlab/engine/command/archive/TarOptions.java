package dev.vethlab.engine.command.archive;

import dev.vethlab.engine.command.core.Gnu;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code tar} is to do. Its first word may be letters without a dash, whose values follow in their order. */
final class TarOptions {
    static final String MODES = "ctxr";

    private static final String SHORTS = "ctxruAdvf:C:OzjJakpPhmoT:X:b:";
    private static final String[] LONGS = {"create=c", "list=t", "extract=x", "get=x", "append=r", "update=u", "concatenate=A", "diff=d",
        "compare=d", "verbose=v", "file:=f", "directory:=C", "to-stdout=O", "gzip=z", "gunzip=z", "bzip2=j", "xz=J", "auto-compress=a",
        "keep-old-files=k", "preserve-permissions=p", "same-permissions=p", "absolute-names=P", "dereference=h", "touch=m",
        "no-same-owner=o", "files-from:=T", "exclude-from:=X", "blocking-factor:=b", "exclude:", "strip-components:", "wildcards",
        "numeric-owner", "no-recursion", "overwrite", "same-owner", "no-same-permissions", "owner:", "group:", "mode:"};

    private final Getopt options;
    private final String complaint;

    private TarOptions(Getopt options, String complaint) {
        this.options = options;
        this.complaint = complaint;
    }

    static TarOptions read(EmulatedProcess self) {
        List<String> argv = new ArrayList<>(self.arguments());
        argv.set(0, self.name());
        String old = argv.size() > 1 && !argv.get(1).startsWith("-") ? argv.get(1) : "";
        String complaint = "";
        if (!old.isEmpty()) {
            var spread = new ArrayList<String>();
            int next = 2;
            for (char letter : old.toCharArray()) {
                spread.add("-" + letter);
                boolean valued = SHORTS.contains(letter + ":");
                if (valued && next < argv.size()) {
                    spread.add(argv.get(next++));
                } else if (valued) {
                    complaint = "Old option '" + letter + "' requires an argument.";
                    spread.removeLast();
                }
            }
            spread.addAll(argv.subList(next, argv.size()));
            argv.subList(1, argv.size()).clear();
            argv.addAll(spread);
        }
        return new TarOptions(Gnu.parse(self, argv, SHORTS, LONGS), complaint);
    }

    /** What is wrong with the old way to write options; empty if nothing is. */
    String complaint() {
        return complaint;
    }

    @Nullable String error() {
        return options.error();
    }

    /** {@code c}, {@code t}, {@code x} or {@code r}; NUL if none is asked for. */
    char mode() {
        for (Getopt.Option option : options.options()) {
            if (MODES.contains(option.name())) {
                return option.name().charAt(0);
            }
        }
        return '\0';
    }

    /** An option that changes what is done and is not emulated; empty if there is none. */
    String notEmulated() {
        for (Getopt.Option option : options.options()) {
            if (List.of("u", "A", "d", "j", "J", "T", "X", "owner", "group", "mode").contains(option.name())) {
                return option.name().length() == 1 ? "-" + option.name() : "--" + option.name();
            }
        }
        return "";
    }

    boolean has(String name) {
        return options.has(name);
    }

    long count(String name) {
        return options.options().stream().filter(option -> option.name().equals(name)).count();
    }

    /** The archive; empty for the standard streams. */
    String file() {
        String file = options.value("f");
        return file == null || file.equals("-") ? "" : file;
    }

    /** Where to begin; empty for where the process is. */
    String directory() {
        String directory = options.value("C");
        return directory == null ? "" : directory;
    }

    int strip() {
        String count = options.value("strip-components");
        return count != null && count.matches("\\d{1,4}") ? Integer.parseInt(count) : 0;
    }

    List<String> excluded() {
        return options.options().stream().filter(option -> option.name().equals("exclude")).map(Getopt.Option::value).toList();
    }

    List<String> operands() {
        return options.operands();
    }
}
