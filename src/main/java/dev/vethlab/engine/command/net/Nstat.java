package dev.vethlab.engine.command.net;

import dev.vethlab.engine.kernel.Counters.Counter;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.OpenMode;
import dev.vethlab.engine.process.file.SnmpFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code nstat}: what the kernel counted since the last look, which a file remembers ({@code misc/nstat.c}). */
final class Nstat {
    private static final String USAGE = """
            Usage: nstat [OPTION] [ PATTERN [ PATTERN ] ]
               -h, --help          this message
               -a, --ignore        ignore history
               -d, --scan=SECS     sample every statistics every SECS
               -j, --json          format output in JSON
               -n, --nooutput      do history only
               -p, --pretty        pretty print
               -r, --reset         reset history
               -s, --noupdate      don't update history
               -t, --interval=SECS report average over the last SECS
               -V, --version       output version information
               -z, --zeros         show entries with zero activity""";
    private static final int USAGE_STATUS = 255;
    /** Settings and states rather than counts. */
    private static final List<String> USELESS =
            List.of("IpForwarding", "IpDefaultTTL", "TcpRtoAlgorithm", "TcpRtoMin", "TcpRtoMax", "TcpMaxConn", "TcpCurrEstab");

    private final EmulatedProcess self;
    private final List<Pattern> patterns = new ArrayList<>();
    private final StringBuilder flags = new StringBuilder();

    private Nstat(EmulatedProcess self) {
        this.self = self;
    }

    static int main(EmulatedProcess self) {
        return new Nstat(self).run();
    }

    private int run() {
        for (String word : self.arguments().subList(1, self.arguments().size())) {
            if (word.equals("-V") || word.equals("--version")) {
                self.println("nstat utility, iproute2-7.2.0");
                return 0;
            }
            if (word.startsWith("--")) {
                String letter = letter(word.substring(2));
                if (letter.isEmpty()) {
                    return usage("unrecognized option '" + word + "'");
                }
                flags.append(letter);
            } else if (word.startsWith("-") && word.length() > 1) {
                flags.append(word, 1, word.length());
            } else {
                patterns.add(glob(word));
            }
        }
        for (char letter : flags.toString().toCharArray()) {
            if ("djpt".indexOf(letter) >= 0) {
                return Unsupported.answer(self, "nstat -" + letter + " is not emulated");
            }
            if ("anrsz".indexOf(letter) < 0) {
                return usage(letter == 'h' ? "" : "invalid option -- '" + letter + "'");
            }
        }
        Map<String, Long> now = counters();
        if (!has('n')) {
            print(now, has('r') || has('a') ? new TreeMap<>() : history());
        }
        if (!has('s')) {
            remember(now);
        }
        return 0;
    }

    private static String letter(String option) {
        return switch (option) {
            case "help", "json", "nooutput", "pretty", "reset" -> option.substring(0, 1);
            case "ignore" -> "a";
            case "scan" -> "d";
            case "noupdate" -> "s";
            case "interval" -> "t";
            case "zeros" -> "z";
            default -> "";
        };
    }

    private int usage(String problem) {
        self.error((problem.isEmpty() ? "" : "nstat: " + problem + "\n") + USAGE);
        return USAGE_STATUS;
    }

    private boolean has(char flag) {
        return flags.indexOf(String.valueOf(flag)) >= 0;
    }

    private static Pattern glob(String word) {
        var regex = new StringBuilder();
        for (char c : word.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }

    private Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        SnmpFile.groups(self.network()).forEach((group, numbers) -> numbers.forEach((name, number) -> counters.put(group + name, number)));
        USELESS.forEach(counters::remove);
        for (Counter counter : Counter.values()) {
            counters.putIfAbsent(counter.title(), self.network().counters().value(counter));
        }
        return counters;
    }

    private void print(Map<String, Long> now, Map<String, Long> before) {
        self.println("#kernel");
        now.forEach((name, number) -> {
            long since = number - before.getOrDefault(name, 0L);
            boolean wanted = patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
            if (wanted && (since != 0 || has('z'))) {
                self.println(line(name, since));
            }
        });
    }

    private static String line(String name, long number) {
        return String.format(Locale.ROOT, "%-32s%-16d%6.1f", name, number, 0.0);
    }

    private String file() {
        return "/tmp/.nstat.u" + self.context().user().uid();
    }

    private Map<String, Long> history() {
        var known = new TreeMap<String, Long>();
        try {
            for (String line : self.context().files().readAll(self, file()).text().split("\n")) {
                String[] words = line.trim().split(" +");
                if (words.length == 3) {
                    known.put(words[0], Long.parseLong(words[1]));
                }
            }
        } catch (KernelException | NumberFormatException e) {
            // there is none, or it is no such file: then everything is new
            known.clear();
        }
        return known;
    }

    private void remember(Map<String, Long> now) {
        var text = new StringBuilder("#kernel\n");
        now.forEach((name, number) -> text.append(line(name, number)).append('\n'));
        try {
            self.context().files().open(self, file(), OpenMode.WRITE).write(self, Bytes.of(text.toString()));
        } catch (KernelException e) {
            self.error("nstat: open history file: " + e.errno().message());
        }
    }
}
