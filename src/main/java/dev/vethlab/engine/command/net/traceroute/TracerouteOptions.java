package dev.vethlab.engine.command.net.traceroute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The command line of traceroute ({@code clif.c}): options anywhere, complaints that name the argument's position. */
final class TracerouteOptions {
    enum Method {
        UDP,
        UDP_ONE_PORT,
        ICMP,
        TCP
    }

    /** A command line that is wrong: the message, and the exit status is 2. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message, null, false, false);
        }
    }

    private static final Map<String, String> LONG = new TreeMap<>();
    private static final Map<String, String> VALUED = new TreeMap<>();
    private static final String UNSUPPORTED = "6dgrlADMOP";
    private static final int MAX_HOPS = 255;
    private static final int MAX_QUERIES = 10;
    private static final int MAX_PACKET = 65_000;

    static {
        VALUED.put("-f", "first_ttl");
        VALUED.put("-i", "device");
        VALUED.put("-m", "max_ttl");
        VALUED.put("-N", "squeries");
        VALUED.put("-p", "port");
        VALUED.put("-t", "tos");
        VALUED.put("-w", "MAX,HERE,NEAR");
        VALUED.put("-q", "nqueries");
        VALUED.put("-s", "src_addr");
        VALUED.put("-z", "sendwait");
        VALUED.put("--fwmark", "num");
        VALUED.put("-g", "gate,...");
        VALUED.put("-l", "flow_label");
        VALUED.put("-M", "name");
        VALUED.put("-O", "OPTS,...");
        VALUED.put("-P", "prot");
    }

    static {
        LONG.put("--dont-fragment", "-F");
        LONG.put("--first", "-f");
        LONG.put("--icmp", "-I");
        LONG.put("--tcp", "-T");
        LONG.put("--interface", "-i");
        LONG.put("--max-hops", "-m");
        LONG.put("--sim-queries", "-N");
        LONG.put("--port", "-p");
        LONG.put("--tos", "-t");
        LONG.put("--wait", "-w");
        LONG.put("--queries", "-q");
        LONG.put("--source", "-s");
        LONG.put("--sendwait", "-z");
        LONG.put("--extensions", "-e");
        LONG.put("--udp", "-U");
        LONG.put("--version", "-V");
        LONG.put("--fwmark", "--fwmark");
    }

    Method method = Method.UDP;
    boolean numeric;
    boolean dontFragment;
    int firstHop = 1;
    int maxHops = 30;
    int simultaneous = 16;
    int port;
    int tos;
    int mark;
    int queries = 3;
    int packetLength = 60;
    double wait = 5;
    double here = 3;
    double near = 10;
    double pause;
    @Nullable String device;
    @Nullable String source;
    boolean help;
    boolean version;
    final List<String> operands = new ArrayList<>();
    private @Nullable String unsupported;

    TracerouteOptions(List<String> argv) throws UsageException {
        for (int at = 1; at < argv.size(); at++) {
            String word = argv.get(at);
            if (!word.startsWith("-") || word.equals("-")) {
                operands.add(word);
                continue;
            }
            if (word.equals("--help")) {
                help = true;
                return;
            }
            at = word.startsWith("--") ? longOption(argv, at, word) : shortOptions(argv, at, word);
        }
        check();
    }

    private int longOption(List<String> argv, int at, String word) throws UsageException {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String option = LONG.get(name);
        if (option == null) {
            if (List.of("--mtu", "--back", "--sport", "--as-path-lookups", "--gateway", "--module", "--options", "--protocol", "--dccp",
                    "--debug")
                    .contains(name)) {
                unsupported = name;
                return at;
            }
            throw new UsageException("Bad option `" + word + "' (argc " + at + ")");
        }
        if (VALUED.get(option) == null || equals >= 0) {
            set(option, equals < 0 ? "" : word.substring(equals + 1), at);
            return at;
        }
        return valued(argv, at, option, name);
    }

    private int shortOptions(List<String> argv, int at, String word) throws UsageException {
        for (int i = 1; i < word.length(); i++) {
            String option = "-" + word.charAt(i);
            if (UNSUPPORTED.indexOf(word.charAt(i)) >= 0) {
                unsupported = option;
                return VALUED.containsKey(option) && i + 1 == word.length() ? at + 1 : at;
            }
            if (VALUED.containsKey(option)) {
                if (i + 1 < word.length()) {
                    set(option, word.substring(i + 1), at);
                    return at;
                }
                return valued(argv, at, option, option);
            }
            if ("4nFITUeV".indexOf(word.charAt(i)) < 0) {
                throw new UsageException("Bad option `" + option + "' (argc " + at + ")");
            }
            set(option, "", at);
        }
        return at;
    }

    private int valued(List<String> argv, int at, String option, String written) throws UsageException {
        if (at + 1 >= argv.size()) {
            throw new UsageException("Option `" + written + "' (argc " + at + ") requires an argument: `" + written + " "
                    + VALUED.get(option) + "'");
        }
        set(option, argv.get(at + 1), at);
        return at + 1;
    }

    private void set(String option, String value, int at) throws UsageException {
        switch (option) {
            case "-n" -> numeric = true;
            case "-F" -> dontFragment = true;
            case "-I" -> method = Method.ICMP;
            case "-T" -> method = Method.TCP;
            case "-U" -> method = Method.UDP_ONE_PORT;
            case "-V" -> version = true;
            case "-f" -> firstHop = number(option, value, at);
            case "-m" -> maxHops = number(option, value, at);
            case "-N" -> simultaneous = number(option, value, at);
            case "-p" -> port = number(option, value, at);
            case "-t" -> tos = number(option, value, at);
            case "-q" -> queries = number(option, value, at);
            case "--fwmark" -> mark = number(option, value, at);
            case "-z" -> pause = seconds(option, value, at);
            case "-w" -> waits(option, value, at);
            case "-i" -> device = value;
            case "-s" -> source = value;
            default -> {}
        }
    }

    private void waits(String option, String value, int at) throws UsageException {
        String[] parts = value.split(",", -1);
        wait = seconds(option, parts[0], at);
        here = parts.length > 1 ? seconds(option, parts[1], at) : parts.length == 1 ? here : 0;
        near = parts.length > 2 ? seconds(option, parts[2], at) : parts.length == 1 ? near : 0;
    }

    private static int number(String option, String value, int at) throws UsageException {
        if (!value.matches("[0-9]{1,9}")) {
            throw bad(option, value, at);
        }
        return Integer.parseInt(value);
    }

    private static double seconds(String option, String value, int at) throws UsageException {
        if (!value.matches("[0-9]{1,6}(\\.[0-9]{0,6})?|\\.[0-9]{1,6}")) {
            throw bad(option, value, at);
        }
        return Double.parseDouble(value);
    }

    private static UsageException bad(String option, String value, int at) {
        return new UsageException("Cannot handle `" + option + "' option with arg `" + value + "' (argc " + at + ")");
    }

    private void check() throws UsageException {
        if (firstHop <= 0 || firstHop > maxHops) {
            throw new UsageException("first hop out of range");
        }
        if (maxHops > MAX_HOPS) {
            throw new UsageException("max hops cannot be more than " + MAX_HOPS);
        }
        if (queries <= 0 || queries > MAX_QUERIES) {
            throw new UsageException("no more than " + MAX_QUERIES + " probes per hop");
        }
        if (operands.size() > 1) {
            String length = operands.get(1);
            if (!length.matches("[0-9]{1,9}")) {
                throw new UsageException("Cannot handle \"packetlen\" cmdline arg `" + length + "' on position 2 (argc 2)");
            }
            packetLength = Integer.parseInt(length);
            if (packetLength > MAX_PACKET) {
                throw new UsageException("too big packetlen " + length + " specified");
            }
        }
    }

    /** An option that is not emulated, or null. */
    @Nullable String unsupported() {
        return unsupported;
    }
}
