package dev.vethlab.engine.command.net;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.NetstatFile;
import dev.vethlab.engine.process.file.SnmpFile;
import dev.vethlab.engine.shell.expand.Glob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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
    private final Getopt options;

    private Nstat(EmulatedProcess self) {
        this.self = self;
        this.options = Getopt.parse(self.arguments(), "hVzrnasd:t:jp", "help=h", "ignore=a", "scan:=d", "json=j", "nooutput=n", "pretty=p",
                "reset=r", "noupdate=s", "interval:=t", "version=V", "zeros=z");
    }

    static int main(EmulatedProcess self) {
        return new Nstat(self).run();
    }

    private int run() {
        for (Getopt.Option option : options.options()) {
            switch (option.name()) {
                case "V" -> {
                    self.println("nstat utility, iproute2-7.2.0");
                    return 0;
                }
                case "h" -> {
                    return usage();
                }
                case "d", "j", "p", "t" -> {
                    return Unsupported.answer(self, "nstat -" + option.name() + " is not emulated");
                }
                default -> {}
            }
        }
        String error = options.error();
        if (error != null) {
            self.error(error);
            return usage();
        }
        Map<String, Long> now = counters();
        if (!options.has("n")) {
            print(now, options.has("r") || options.has("a") ? new TreeMap<>() : history());
        }
        if (!options.has("s")) {
            remember(now);
        }
        return 0;
    }

    private int usage() {
        self.error(USAGE);
        return USAGE_STATUS;
    }

    private Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        add(counters, SnmpFile.groups(self.network()));
        USELESS.forEach(counters::remove);
        add(counters, NetstatFile.groups(self.network()));
        return counters;
    }

    private static void add(Map<String, Long> counters, Map<String, Map<String, Long>> groups) {
        groups.forEach((group, numbers) -> numbers.forEach((name, number) -> counters.put(group + name, number)));
    }

    private void print(Map<String, Long> now, Map<String, Long> before) {
        List<String> patterns = options.operands();
        self.println("#kernel");
        now.forEach((name, number) -> {
            long since = number - before.getOrDefault(name, 0L);
            boolean wanted = patterns.isEmpty() || patterns.stream().anyMatch(pattern -> Glob.matches(pattern, name));
            if (wanted && (since != 0 || options.has("z"))) {
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
            self.context().files().writeAll(self, file(), Bytes.of(text.toString()));
        } catch (KernelException e) {
            self.error("nstat: open history file: " + e.errno().message());
        }
    }
}
